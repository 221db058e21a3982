import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Databases } from './databases.ts'

/** Works on a copy of a backup's database, brought up to date: the backup itself is never written. */
export async function withCopy<T>(
  { databases, folder }: { databases: Databases; folder: DataFolder },
  database: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const copy = join(folder.incoming, `${randomUUID()}.sqlite`)
  try {
    await copyFile(database, copy)
    const store = await databases.open(copy)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    for (const companion of ['', '-wal', '-shm']) await rm(`${copy}${companion}`, { force: true })
  }
}
