import { canonicalJson } from '../../../shared/canonical-json.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { manifestSchema, type Preprocessing } from '../../../shared/model.ts'
import { modelFolder, readChecked, readJson, sha256Of } from '../model/files.ts'
import { readSignature } from '../onnx/signature.ts'
import type { ModelRef } from '../protocol.ts'
import { LABELS_FILE, servedOf, tritonConfig } from './config.ts'
import { preparationNote } from './note.ts'

/**
 * The texts of a model in a model repository of NVIDIA Triton by their names, made of what its network's file declares.
 * The network lies beside them as `1/model.onnx`.
 *
 * @throws GyrusError `model-missing`, `model-altered`; `model-invalid` where the network is none that Gyrus could ask
 */
export async function tritonFiles({ dir }: ModelRef): Promise<Record<string, string>> {
  const folder = modelFolder(dir)
  const manifest = await readJson(folder, 'model.json', manifestSchema)
  const weights = await readChecked(folder, manifest.weights.file, manifest.weights.sha256)
  try {
    const network = readSignature(weights)
    const served = servedOf(network, manifest)
    const hash = hashOf(manifest.preprocessing)
    return {
      'config.pbtxt': tritonConfig(served, manifest, hash),
      [LABELS_FILE]: `${manifest.labels.join('\n')}\n`,
      'PREPROCESSING.md': preparationNote({ manifest, served, opset: network.opset, hash }),
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new GyrusError('model-invalid', { model: folder.model, reason }, { cause: error })
  }
}

/** A margin that is not there must not be written. */
function hashOf({ margin, ...rest }: Preprocessing): string {
  const json = canonicalJson(margin === undefined ? rest : { ...rest, margin })
  return sha256Of(new TextEncoder().encode(json))
}
