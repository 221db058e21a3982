import { openFolder, readRecord } from '../compose.ts'
import { type DataFolder, hasRecord } from '../core/data-folder.ts'
import type { ReadStore } from '../store/types.ts'

/** Reads beside a running Gyrus, without taking the folder; `null` where nothing has been recorded yet. */
export async function readingRecord<T>(folder: DataFolder, read: (store: ReadStore | null) => Promise<T>): Promise<T> {
  if (!hasRecord(folder)) return read(null)
  const store = await readRecord(await openFolder(folder.root))
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}
