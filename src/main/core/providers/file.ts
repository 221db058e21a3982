import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asFileError } from '../../../shared/file-errors.ts'
import { type Measured, measuredSchema } from '../../../shared/providers.ts'
import { writeThrough } from '../write-through.ts'

const pathIn = (root: string) => join(root, 'providers.json')

/** What was measured last; null where nothing was, or nothing that can be read: it can be measured again. */
export async function readMeasured(root: string): Promise<Measured | null> {
  try {
    return measuredSchema.parse(JSON.parse(await readFile(pathIn(root), 'utf8')))
  } catch {
    return null
  }
}

/** @throws GyrusError `disk-full`, `file-unreadable` */
export async function keepMeasured(root: string, measured: Measured): Promise<void> {
  const part = `${pathIn(root)}.new`
  try {
    await writeThrough(part, `${JSON.stringify(measured, null, 2)}\n`)
    await rename(part, pathIn(root))
  } catch (error) {
    await rm(part, { force: true })
    throw asFileError(error)
  }
}
