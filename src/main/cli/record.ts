import { existsSync } from 'node:fs'
import type { DataFolder } from '../core/data-folder.ts'
import { openReadStore } from '../store/index.ts'
import type { ReadStore } from '../store/types.ts'

/** Reads beside a running Gyrus, without taking the folder; `null` where nothing has been recorded yet. */
export async function readingRecord<T>(
  { database }: DataFolder,
  read: (store: ReadStore | null) => Promise<T>,
): Promise<T> {
  if (!existsSync(database)) return read(null)
  const store = openReadStore(database)
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}
