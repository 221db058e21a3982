import { parseModelFile } from '../../../shared/model.ts'
import { checkInputs, type ModelInputs, modelInputsSchema } from '../../../shared/model-inputs.ts'
import { readModelFile, readRegistered } from './folder.ts'
import type { ModelPlace } from './places.ts'

/** What the images were like that a model learned from, and the SHA-256 of the file that says so. */
export interface KnownInputs {
  inputs: ModelInputs
  sha256: string
}

/**
 * @returns null where the model does not carry it
 * @throws GyrusError `model-missing`, `model-invalid`, `model-altered`
 */
export async function readInputs(place: ModelPlace): Promise<KnownInputs | null> {
  const { manifest } = await readRegistered(place)
  if (!manifest.inputs) return null
  const { file, sha256 } = manifest.inputs
  const text = new TextDecoder().decode(await readModelFile(place.dir, file, sha256))
  const inputs = parseModelFile(place.id, file, text, modelInputsSchema)
  checkInputs(place.id, manifest, inputs)
  return { inputs, sha256 }
}
