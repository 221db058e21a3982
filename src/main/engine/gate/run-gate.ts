import type { TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Finding, GateResult, ReferenceSet } from '../../../shared/gate.ts'
import { loadModel } from '../model/index.ts'
import { type PredictedImage, predictSet } from '../model/predict-set.ts'
import type { GateInput, ModelRef } from '../protocol.ts'
import type { Following, Model } from '../types.ts'
import { figuresOf } from './figures.ts'
import { goldenMismatch, judgeFigures, judgeModel } from './judge.ts'
import { checkReference, readReference } from './reference.ts'

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
    const { reference } = input.gate
    if (!reference) return result(input, judgeModel(candidate))
    const judged = await onReference(input, candidate, reference, following)
    const findings = [...judgeModel(candidate), ...judgeFigures(input.gate, judged.candidate, judged.active)]
    return result(input, findings, { ...reference, ...judged })
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

type Judged = Pick<NonNullable<GateResult['reference']>, 'candidate' | 'active'>

async function onReference(
  input: GateInput,
  model: Model,
  reference: ReferenceSet,
  following: Following<TaskProgress>,
): Promise<Judged> {
  const images = await readReference(reference)
  const { id, ...ref } = input.active
  const active = await loadIfUsable(ref)
  const models = active ? [model, active] : [model]
  try {
    const figures = []
    for (const [i, one] of models.entries()) {
      const read = await predictSet(one, images, part(following, i, models.length))
      checkReference(reference, read.sha256)
      figures.push(figuresOf(atLeastOne(read.images)))
    }
    const [ofCandidate, ofActive] = figures
    return { candidate: ofCandidate as Judged['candidate'], active: ofActive ? { id, ...ofActive } : null }
  } finally {
    await active?.dispose()
  }
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

/** Progress of one of several passes over the same images. */
export const part = (
  { signal, onProgress }: Following<TaskProgress>,
  index: number,
  of: number,
): Following<TaskProgress> => ({
  signal,
  onProgress: ({ stage, done, total }) => onProgress({ stage, done: index * total + done, total: of * total }),
})

/** @throws GyrusError `folder-empty` */
export function atLeastOne(images: PredictedImage[]): PredictedImage[] {
  if (images.length === 0) throw new GyrusError('folder-empty')
  return images
}
