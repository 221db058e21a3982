import { randomUUID } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { DEFAULT_GATE, type Gate, gateSchema } from '../../../shared/gate.ts'
import type { DataFolder } from '../data-folder.ts'
import { writeThrough } from '../write-through.ts'

/** What it is called among the shared files. */
export const GATE = 'gate.json'

type GateFolder = Pick<DataFolder, 'gate' | 'files'>

/** The gate in force: what the file says, else what Gyrus brings. @throws GyrusError `gate-invalid`, errors of `SharedFiles` */
export async function readGate({ gate: path, files }: GateFolder): Promise<Gate> {
  await files.pull(GATE)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw asFileError(error)
  })
  if (text === null) return DEFAULT_GATE
  const invalid = (reason: string) => new GyrusError('gate-invalid', { path, reason })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid('not JSON')
  }
  const parsed = gateSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw invalid(`${issue?.path.join('.')}: ${issue?.message}`)
}

/**
 * Puts a gate in force.
 *
 * @param record puts it on record; called before the last step, so that no gate is in force that nobody is said to have set
 * @throws GyrusError `disk-full`, `file-unreadable`, errors of `SharedFiles`, what `record` throws; the gate before stays in
 *   force then
 */
export async function writeGate(
  { gate: path, files }: GateFolder,
  gate: Gate,
  record: () => Promise<void>,
): Promise<void> {
  const part = `${path}.${randomUUID()}`
  try {
    await writeThrough(part, `${JSON.stringify(gate, null, 2)}\n`)
    await record()
    await files.push(GATE, part)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw asFileError(error)
  }
}
