import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { FolderKeys } from '../encryption/keys.ts'
import type { Databases } from './databases.ts'

/** A database of a backup, with what opens it; `keys` null for one in clear. */
interface Original {
  database: string
  keys: FolderKeys | null
}

/**
 * Works on a copy of a backup's database, brought up to date: the backup itself is never written. No copy in clear comes
 * into the folder of an encrypted record.
 */
export async function withCopy<T>(
  { databases, folder }: { databases: Databases; folder: DataFolder },
  { database, keys }: Original,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const copy = join(folder.incoming, `${randomUUID()}.sqlite`)
  const key = (keys ?? folder.keys)?.database ?? null
  try {
    if (keys === null && key !== null) await databases.sealed(database, copy, key)
    else await copyFile(database, copy)
    const store = await databases.open(copy, key)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    for (const companion of ['', '-wal', '-shm']) await rm(`${copy}${companion}`, { force: true })
  }
}
