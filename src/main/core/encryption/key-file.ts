import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import { asDataFolderError } from '../../../shared/file-errors.ts'
import { keepWhole, syncFolder } from '../care/keep.ts'
import { wrapSchema } from './wraps.ts'

/**
 * `on`: all that the key covers is encrypted. The others are stages of a change that was begun: while copies are made,
 * nothing of what is in force is touched; while they change places, only going on helps.
 */
const stageSchema = z.enum(['on', 'encrypting', 'encrypting-swap', 'decrypting', 'decrypting-swap'])
export type Stage = z.infer<typeof stageSchema>

const keyFileSchema = z.strictObject({
  format: z.literal('gyrus-keys-1'),
  /** Of the data key (`FolderKeys.id`). */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  stage: stageSchema,
  wraps: z.array(wrapSchema).min(1).max(10),
})
export type KeyFile = z.infer<typeof keyFileSchema>

export const KEY_FILE = 'keys.json'

/** The wrapped data key of a data folder or backup; null where there is none. @throws GyrusError `keys-unreadable` */
export function readKeyFile(root: string): KeyFile | null {
  const path = join(root, KEY_FILE)
  try {
    return keyFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new GyrusError('keys-unreadable', { path, reason: code ?? 'it is not what Gyrus wrote' }, { cause: error })
  }
}

/** Whole and on the disk before anything is done by it. @throws GyrusError `disk-full`, `data-folder-unusable` */
export async function writeKeyFile(root: string, file: KeyFile): Promise<void> {
  try {
    await keepWhole(join(root, KEY_FILE), `${JSON.stringify(file, null, 1)}\n`)
    await syncFolder(root)
  } catch (error) {
    throw asDataFolderError(error, root)
  }
}
