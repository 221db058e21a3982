import type { ModelManifest } from '../../../shared/model.ts'
import { checkInputs, modelInputsSchema } from '../../../shared/model-inputs.ts'
import { type ModelFolder, readJson } from '../model/files.ts'
import type { FeatureModel } from './fit.ts'
import { unpack } from './packed.ts'

/**
 * The features of a model’s training images, where its folder carries them.
 *
 * @throws GyrusError errors of `readJson`; `model-altered` where they are another model’s
 */
export async function loadFeatures(folder: ModelFolder, manifest: ModelManifest): Promise<FeatureModel | null> {
  if (!manifest.inputs) return null
  const { file, sha256 } = manifest.inputs
  const inputs = await readJson(folder, file, modelInputsSchema, sha256)
  checkInputs(folder.model, manifest, inputs)
  return unpack(inputs.features)
}
