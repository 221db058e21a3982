import type { ModelManifest } from '../../../shared/model.ts'
import { checkSimilar, indexIdOf, unpackSimilar } from '../../../shared/similar-file.ts'
import { type ModelFolder, readChecked } from '../model/files.ts'
import { type Basis, basisIn } from './project.ts'

/**
 * What turns features into what similar cases are found by, where a model's folder carries it.
 *
 * @throws GyrusError errors of `readChecked` and `unpackSimilar`; `model-altered` where it is another model's
 */
export async function loadSimilar(
  folder: ModelFolder,
  manifest: ModelManifest,
): Promise<{ indexId: string; basis: Basis } | null> {
  if (!manifest.similar) return null
  const { file, sha256 } = manifest.similar
  const made = unpackSimilar(folder.model, await readChecked(folder, file, sha256))
  checkSimilar(folder.model, manifest, made.header)
  return { indexId: indexIdOf(manifest.similar), basis: basisIn(made) }
}
