import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { gateInWords, NO_INPUT_GATE } from '../../../shared/input-gate-file.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { packSimilar, SIMILAR_FILE } from '../../../shared/similar-file.ts'
import { INPUT_GATE_FILE, inputGateOf } from '../input-gate/make.ts'
import { type InputsOf, inputsOf, type MeasuredSet, measureSet } from '../inputs/index.ts'
import { sha256Of } from '../model/files.ts'
import { makeSimilar } from '../similar/make.ts'
import type { Following } from '../types.ts'

const FILE = 'inputs.json'
const BY = 'gyrus models add-run'
const NOT_KNOWN =
  'What its training images were like was not measured, so that monitoring cannot hold its use against them and no similar ones are shown: the set is not what it was when it was trained.'

const NO_GATE =
  'Too few images took no part in its training to say from where on an image is unlike them: the input gate says so beside every answer.'

/** Pictures of the labelled set are looked for where it is frozen. */
const OWN = (data: string) => ({ name: data, licence: '', noPicture: null })
const UNKNOWN = (data: string) => ({
  ...{ name: `${data}: tumours of unknown kind`, licence: '' },
  noPicture: 'It is in no data set that was imported.',
})

/** Writes what the training images were like, and what finds similar ones, into the model’s folder. Errors of `measureSet`. */
export async function writeInputs(
  dir: string,
  of: InputsOf,
  following: Following<TaskProgress>,
): Promise<Pick<ModelManifest, 'inputs' | 'similar' | 'inputGate'> & { limits: string[]; gate: string }> {
  const set = await measureSet(of, following)
  if (!set) return { limits: [NOT_KNOWN], gate: NO_INPUT_GATE }
  const text = `${JSON.stringify(inputsOf(of, set), null, 1)}\n`
  await writeFile(join(dir, FILE), text)
  const made = await writeInputGate(dir, of, set)
  const similar = packSimilar(
    await makeSimilar({ ...of, set, sourceOf: ({ label }) => (label ? OWN : UNKNOWN)(of.data) }),
  )
  await writeFile(join(dir, SIMILAR_FILE), similar)
  return {
    ...made,
    inputs: { file: FILE, sha256: sha256Of(Buffer.from(text)), by: BY },
    similar: { file: SIMILAR_FILE, sha256: sha256Of(similar), by: BY },
    limits: made.inputGate ? [] : [NO_GATE],
  }
}

/** Writes from where on the model may not be asked about an image. */
async function writeInputGate(
  dir: string,
  { manifest, data }: InputsOf,
  set: MeasuredSet,
): Promise<Pick<ModelManifest, 'inputGate'> & { gate: string }> {
  const made = inputGateOf(manifest, data, set)
  if (!made) return { gate: NO_INPUT_GATE }
  const text = `${JSON.stringify(made, null, 1)}\n`
  await writeFile(join(dir, INPUT_GATE_FILE), text)
  const inputGate = { file: INPUT_GATE_FILE, sha256: sha256Of(Buffer.from(text)), by: BY }
  return { inputGate, gate: gateInWords(made) }
}
