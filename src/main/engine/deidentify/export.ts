import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import type { DeidentifiedAttribute, DeidentifyExport, DeidentifyInput } from '../../../shared/deidentify.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import type { Following } from '../types.ts'
import { deidentify } from './index.ts'
import { Pseudonyms } from './pseudonyms.ts'

/** Largest file that is opened, bytes: it is in memory as a whole, twice. */
const LARGEST = 2 ** 30

/**
 * Copies images one by one under one key, which nobody has afterwards. Names of copies are numbers, for names of files
 * often tell of patients. A file that cannot be de-identified is told, and leaves nothing behind.
 *
 * @throws GyrusError `deidentify-out-not-empty`, `output-unwritable`, `cancelled`; copies that were made until then stay
 */
export async function deidentifyFiles(
  { files, out, version }: DeidentifyInput,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<DeidentifyExport> {
  await makeEmpty(out)
  const key = randomBytes(32)
  const pseudonyms = new Pseudonyms(key)
  const copied: DeidentifyExport['copied'] = []
  const refused: DeidentifyExport['refused'] = []
  const attributes = new Map<string, DeidentifiedAttribute>()
  try {
    for (const [index, file] of files.entries()) {
      if (signal.aborted) throw new GyrusError('cancelled')
      const made = await readWhole(file)
        .then((bytes) => deidentify(bytes, pseudonyms, version))
        .catch(toGyrusError)
      if (made instanceof GyrusError) refused.push({ file, failure: made.toFailure() })
      else {
        const copy = `${String(copied.length + 1).padStart(6, '0')}.dcm`
        await writeCopy(join(out, copy), made.file)
        copied.push({ file, copy, warnings: made.note.warnings })
        add(attributes, made.note.attributes)
      }
      onProgress({ stage: 'copying', done: index + 1, total: files.length })
    }
  } finally {
    key.fill(0)
  }
  return { copied, refused, attributes: [...attributes.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1)) }
}

async function makeEmpty(path: string): Promise<void> {
  const there = await mkdir(path, { recursive: true, mode: 0o700 })
    .then(() => readdir(path))
    .catch((error) => unwritable(path, error))
  if (there.length > 0) throw new GyrusError('deidentify-out-not-empty', { path })
}

/** Of pipes and devices nobody knows when they end. */
async function readWhole(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new GyrusError('file-unreadable', { reason: 'it is no file' })
    const megabytes = Math.ceil(found.size / 2 ** 20)
    if (found.size > LARGEST) throw new GyrusError('file-too-large', { megabytes, limitMegabytes: LARGEST / 2 ** 20 })
    return await readFile(path)
  } catch (error) {
    throw asFileError(error)
  }
}

/** Never over a file that came meanwhile. */
async function writeCopy(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // Half a copy, as on a full disk.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true })
    unwritable(path, error)
  }
}

function unwritable(path: string, error: unknown): never {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  throw new GyrusError('output-unwritable', { path, reason }, { cause: error })
}

function add(all: Map<string, DeidentifiedAttribute>, more: DeidentifiedAttribute[]): void {
  for (const one of more) {
    const key = `${one.tag} ${one.act}`
    all.set(key, { ...one, count: (all.get(key)?.count ?? 0) + one.count })
  }
}
