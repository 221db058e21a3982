import { type CalibrationImages, calibrationImagesSchema } from '../../../shared/calibration-images.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { cardSchema, checkCard, manifestSchema } from '../../../shared/model.ts'
import type { KnownFiles } from '../../../shared/models.ts'
import { openInner } from '../explain/inner.ts'
import { loadHeat } from '../explain/load.ts'
import { createSession } from '../infer/index.ts'
import type { Provider, Session } from '../infer/provider.ts'
import { answerSetsOf } from '../input-gate/answer-set.ts'
import { loadInputGate } from '../input-gate/load.ts'
import { distanceTo } from '../inputs/distance.ts'
import { loadFeatures } from '../inputs/load.ts'
import { loadSimilar } from '../similar/load.ts'
import { projected } from '../similar/project.ts'
import type { Model } from '../types.ts'
import type { ModelFolder } from './files.ts'
import { modelFolder, readChecked, readJson } from './files.ts'
import { checkGolden, goldenInputs } from './golden.ts'
import { predict } from './predict.ts'

export interface LoadOptions {
  /** Threads that work on one batch; by default one a processor. */
  threads?: number
  /** The first of these that works; by default of all that read. */
  providers?: Provider[]
  /** What the files must be, as the record knows it. */
  known?: KnownFiles
}

/**
 * Loads a model folder (`model.json`, `card.json`, weights, golden and calibration images, `inputs.json`, `heat.json`, `similar.bin`, `input-gate.json`) and proves that it works here: every file
 * has its SHA-256 and the golden images get the probabilities that they had when the model was made.
 * @throws GyrusError `model-missing`, `model-altered`, `model-invalid`, `model-golden-mismatch`.
 */
export async function loadModel(dir: string, options: LoadOptions = {}): Promise<Model> {
  const folder = modelFolder(dir)
  const [manifest, card] = await Promise.all([
    readJson(folder, 'model.json', manifestSchema, options.known?.manifest),
    readJson(folder, 'card.json', cardSchema, options.known?.card),
  ])
  checkCard(folder.model, manifest, card)
  checkKnown(folder, manifest, options.known)
  const { file, sha256 } = manifest.weights
  const [weights, inputs, calibration, trained, heat, similar, inputGate] = await Promise.all([
    readChecked(folder, file, sha256),
    goldenInputs(folder, manifest),
    readCalibration(folder, manifest),
    loadFeatures(folder, manifest),
    loadHeat(folder, manifest),
    loadSimilar(folder, manifest),
    loadInputGate(folder, manifest),
  ])
  const session = await open(folder, weights, options)
  const inner = openInner({ folder, manifest, heat, options })
  const sets = answerSetsOf({ manifest, calibration })
  const model: Model = {
    manifest,
    card,
    calibration,
    goldenDifference: 0,
    provider: session.engine,
    providerName: session.provider,
    predict: (images) => predict(session, manifest, images),
    distance: (features) => trained && distanceTo(trained, features),
    vector: (features) => similar && { indexId: similar.indexId, values: projected(similar.basis, features) },
    inputGate,
    answerSet: (confidences) => sets?.(confidences) ?? null,
    run: (...of) => session.run(...of),
    inner,
    async dispose() {
      await Promise.all([session.dispose(), inner.dispose()])
    },
  }
  try {
    const goldenDifference = checkGolden(folder.model, manifest, await model.predict(inputs))
    return { ...model, goldenDifference }
  } catch (error) {
    await model.dispose()
    throw error instanceof GyrusError ? error : invalid(folder, error)
  }
}

async function readCalibration(folder: ModelFolder, { calibration }: ModelManifest): Promise<CalibrationImages | null> {
  return calibration ? readJson(folder, calibration.file, calibrationImagesSchema, calibration.sha256) : null
}

/** What a manifest vouches for counts for little where the manifest itself was exchanged. */
function checkKnown(folder: ModelFolder, { weights }: ModelManifest, known: KnownFiles | undefined): void {
  if (known && known.weights !== weights.sha256) {
    throw new GyrusError('model-altered', { model: folder.model, file: weights.file })
  }
}

async function open(folder: ModelFolder, weights: Uint8Array, options: LoadOptions): Promise<Session> {
  try {
    return await createSession(weights, options)
  } catch (error) {
    throw invalid(folder, error)
  }
}

function invalid({ model }: ModelFolder, error: unknown): GyrusError {
  const reason = error instanceof Error ? error.message : String(error)
  return new GyrusError('model-invalid', { model, reason }, { cause: error })
}
