import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Finding, GateResult, ReferenceSet, SetFigures } from '../../../shared/gate.ts'
import { loadModel } from '../model/index.ts'
import { type PredictedImage, predictSet } from '../model/predict-set.ts'
import type { GateInput, ModelRef } from '../protocol.ts'
import type { Following, Model } from '../types.ts'
import { figuresOf } from './figures.ts'
import { goldenMismatch, judgeFigures, judgeModel, judgeShadow } from './judge.ts'
import { part } from './pass.ts'
import { checkReference, readReference } from './reference.ts'
import { onSigned } from './shadow.ts'

/**
 * Judges a model: does it compute here what it should, and is it good enough on the reference set?
 *
 * @throws GyrusError errors of `loadModel` for a candidate that is not whole; `gate-reference-altered`; errors of
 *   `readDataset` and `predictSet`
 */
export async function runGate(input: GateInput, following: Following<TaskProgress>): Promise<GateResult> {
  const candidate = await loadOrMismatch(input.candidate)
  if ('criterion' in candidate) return result(input, [candidate])
  try {
    const { reference, shadow } = input.gate
    const findings = judgeModel(candidate)
    if (!reference && !shadow) return result(input, findings)
    const { id, ...ref } = input.active
    const active = await loadIfUsable(ref)
    try {
      const models = { candidate, active }
      const judged = reference ? await onReference(reference, models, shares(input, following, 'reference')) : null
      if (judged) findings.push(...judgeFigures(input.gate, judged.candidate, judged.active))
      const shadowed = shadow ? await onSigned(input.signed, models, shares(input, following, 'signed')) : null
      if (shadow && shadowed) findings.push(judgeShadow(shadow.margin, shadowed))
      const on = reference && judged && { ...reference, ...judged, active: judged.active && { id, ...judged.active } }
      return { ...result(input, findings, on), ...(shadowed && { shadow: shadowed }) }
    } finally {
      await active?.dispose()
    }
  } finally {
    await candidate.dispose()
  }
}

function result(
  { withoutReference }: GateInput,
  findings: Finding[],
  reference: GateResult['reference'] = null,
): GateResult {
  return { passed: findings.every(({ passed }) => passed), findings, reference, withoutReference }
}

/** Progress of the reference set, which comes first, or of the signed cases, each read by two models. */
function shares(
  { gate, signed }: GateInput,
  { signal, onProgress }: Following<TaskProgress>,
  which: 'reference' | 'signed',
): Following<TaskProgress> {
  const reference = 2 * (gate.reference?.images ?? 0)
  const total = reference + 2 * signed.length
  const before = which === 'reference' ? 0 : reference
  return { signal, onProgress: ({ stage, done }) => onProgress({ stage, done: before + done, total }) }
}

/** A model that does not reproduce its golden images is a finding; one that is not whole is a failure. */
async function loadOrMismatch({ dir, ...options }: ModelRef): Promise<Model | Finding> {
  try {
    return await loadModel(dir, options)
  } catch (error) {
    if (!(error instanceof GyrusError) || error.code !== 'model-golden-mismatch') throw error
    const { tolerance, difference } = error.details
    return goldenMismatch(Number(tolerance), Number(difference))
  }
}

interface Both {
  candidate: Model
  /** Null where it cannot be used. */
  active: Model | null
}

/** @throws GyrusError `gate-reference-altered`; errors of `readReference` and `predictSet` */
async function onReference(
  reference: ReferenceSet,
  { candidate, active }: Both,
  following: Following<TaskProgress>,
): Promise<{ candidate: SetFigures; active: SetFigures | null }> {
  const images = await readReference(reference)
  const figures = async (model: Model, index: number) => {
    const startedAt = performance.now()
    const read = await predictSet(model, images, part(following, index, 2))
    const millisecondsPerImage = (performance.now() - startedAt) / images.length
    checkReference(reference, read.sha256)
    return { ...figuresOf(atLeastOne(read.images)), millisecondsPerImage }
  }
  return { candidate: await figures(candidate, 0), active: active && (await figures(active, 1)) }
}

/** An active model that cannot be used must not keep the gate from saying what it finds of the candidate. */
async function loadIfUsable({ dir, ...options }: ModelRef): Promise<Model | null> {
  try {
    return await loadModel(dir, options)
  } catch (error) {
    if (error instanceof GyrusError) return null
    throw error
  }
}

/** @throws GyrusError `folder-empty` */
export function atLeastOne(images: PredictedImage[]): PredictedImage[] {
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}
