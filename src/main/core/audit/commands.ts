import type { ReadStore } from '../../store/types.ts'
import { restoreCommand, verifyCommand } from '../command-lines.ts'
import type { DataFolder } from '../data-folder.ts'

/** What an administrator writes on a command line where the trail is broken. */
export async function commandsForBreak({
  store,
  folder,
}: {
  store: ReadStore
  folder: DataFolder
}): Promise<{ verify: string; restore: string }> {
  const { headsFolder } = await store.auditSettings()
  const [newest] = await store.loggedBackups()
  return {
    verify: verifyCommand(headsFolder, folder.root),
    restore: restoreCommand(newest?.path ?? null, folder.root),
  }
}
