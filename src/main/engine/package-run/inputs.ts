import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { type InputsOf, makeInputs } from '../inputs/index.ts'
import { sha256Of } from '../model/files.ts'
import type { Following } from '../types.ts'

const FILE = 'inputs.json'
const NOT_KNOWN =
  'What its training images were like was not measured, so that monitoring cannot hold its use against them: the set is not what it was when it was trained.'

/** Writes what the training images were like into the model’s folder. Errors of `makeInputs`. */
export async function writeInputs(
  dir: string,
  of: InputsOf,
  following: Following<TaskProgress>,
): Promise<{ inputs?: ModelManifest['inputs']; limits: string[] }> {
  const made = await makeInputs(of, following)
  if (!made) return { limits: [NOT_KNOWN] }
  const text = `${JSON.stringify(made, null, 1)}\n`
  await writeFile(join(dir, FILE), text)
  return { inputs: { file: FILE, sha256: sha256Of(Buffer.from(text)), by: 'gyrus models add-run' }, limits: [] }
}
