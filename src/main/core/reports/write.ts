import { writeFile } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'

/** Writes a report for its owner's eyes. @throws GyrusError `output-unwritable` */
export async function writeReport(path: string, pdf: Uint8Array): Promise<void> {
  try {
    await writeFile(path, pdf, { mode: 0o600 })
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new GyrusError('output-unwritable', { path, reason }, { cause: error })
  }
}
