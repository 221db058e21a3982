import type { TaskProgress } from '../../../shared/dataset.ts'
import type { Agreement, GateResult } from '../../../shared/gate.ts'
import { calledLabel } from '../../../shared/labels.ts'
import type { LabelledImage } from '../dataset/types.ts'
import { predictSet } from '../model/predict-set.ts'
import type { Following, Model } from '../types.ts'
import { part } from './pass.ts'

/**
 * Both models on cases that readers have signed. What only one of them can read counts against the other as it would in
 * use: as no agreement.
 *
 * @throws GyrusError errors of `predictSet`
 */
export async function onSigned(
  images: LabelledImage[],
  { candidate, active }: { candidate: Model; active: Model | null },
  following: Following<TaskProgress>,
): Promise<NonNullable<GateResult['shadow']>> {
  const agreement = async (model: Model, index: number): Promise<Agreement> => {
    const read = await predictSet(model, images, part(following, index, 2))
    const agreed = read.images.filter(({ label, confidences }) => calledLabel(confidences) === label).length
    return { read: read.images.length, agreed, share: images.length === 0 ? null : agreed / images.length }
  }
  return {
    n: images.length,
    candidate: await agreement(candidate, 0),
    active: active && (await agreement(active, 1)),
  }
}
