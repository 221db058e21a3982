import { writeFile } from 'node:fs/promises'
import { GyrusError } from '../../shared/errors.ts'

/** Writes a page where the user wants it. @throws GyrusError `output-unwritable` */
export async function writePage(path: string, page: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, page)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new GyrusError('output-unwritable', { path, reason }, { cause: error })
  }
}
