import { existsSync } from 'node:fs'
import { openFolder, readRecord } from '../compose.ts'
import type { DataFolder } from '../core/data-folder.ts'
import type { ReadStore } from '../store/types.ts'

/** Reads beside a running Gyrus, without taking the folder; `null` where nothing has been recorded yet. */
export async function readingRecord<T>(
  { root, database }: DataFolder,
  read: (store: ReadStore | null) => Promise<T>,
): Promise<T> {
  if (!existsSync(database)) return read(null)
  const store = readRecord(await openFolder(root))
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}
