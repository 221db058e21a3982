import { userInfo } from 'node:os'
import type { Right } from '../../shared/accounts.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, openBeside, openLog, openRecord } from '../compose.ts'
import { whoMayCommand } from '../core/accounts/command.ts'
import { dataFolderAt, hasRecord } from '../core/data-folder.ts'
import { givenToken, whoMay } from '../who.ts'
import { readingRecord } from './record.ts'

export { useTokenFile, whoMay } from '../who.ts'

/** The same as `whoMay` for what works beside a running Gyrus; only a password needs the record for itself. */
export async function mayRead(dataDir: string | undefined, command: string, right: Right = 'read'): Promise<string> {
  const folder = dataFolderAt(chooseDataDir(dataDir))
  if (!hasRecord(folder)) return userInfo().username
  const open = await readingRecord(folder, async (store) => (await store?.accounts())?.length === 0)
  if (open) return userInfo().username
  const token = givenToken()
  if (token !== undefined) return byToken(folder.root, token, right, command)
  const record = await openRecord(folder.root)
  try {
    return await whoMay(record.store, right, command)
  } finally {
    await record.close()
  }
}

/** What a token is used for goes on record, but for a record that nothing can be written into. */
async function byToken(root: string, token: string, right: Right, command: string): Promise<string> {
  try {
    const { store, close } = await openBeside(root).catch((error) => ifOlder(error, () => openLog(root)))
    return await whoMayCommand(store, { token }, right, command).finally(close)
  } catch (error) {
    if (!isCode(error, 'database-read-only')) throw error
    const asked = readingRecord(
      dataFolderAt(root),
      async (store) => store && whoMayCommand(store, { token }, right, null),
    )
    return (await asked) ?? userInfo().username
  }
}

const ifOlder = <T>(error: unknown, work: () => Promise<T>) =>
  isCode(error, 'database-newer') ? work() : Promise.reject(error)

const isCode = (error: unknown, code: string) => error instanceof GyrusError && error.code === code
