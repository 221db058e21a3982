import type { ModelManifest } from '../../../shared/model.ts'
import { checkInputs, type Features, modelInputsSchema } from '../../../shared/model-inputs.ts'
import { type ModelFolder, readJson } from '../model/files.ts'
import type { FeatureModel } from './fit.ts'
import { unpack } from './packed.ts'

/** The training images’ features, and how far from them others were. */
export interface LoadedInputs {
  features: FeatureModel
  distance: Features['distance']
}

/**
 * What a model’s training images were like, where its folder says it.
 *
 * @throws GyrusError errors of `readJson`; `model-altered` where they are another model’s
 */
export async function loadInputs(folder: ModelFolder, manifest: ModelManifest): Promise<LoadedInputs | null> {
  if (!manifest.inputs) return null
  const { file, sha256 } = manifest.inputs
  const inputs = await readJson(folder, file, modelInputsSchema, sha256)
  checkInputs(folder.model, manifest, inputs)
  return { features: unpack(inputs.features), distance: inputs.features.distance }
}
