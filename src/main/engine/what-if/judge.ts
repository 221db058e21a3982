import { judgeInput } from '../input-gate/index.ts'
import { lookAt } from '../input-gate/look.ts'
import { outlineOf } from '../input-gate/outline.ts'
import { preprocessMeasured } from '../preprocess/index.ts'
import type { Classification } from '../protocol.ts'
import type { DecodedImage, Model, Prediction } from '../types.ts'
import type { Base } from './apply.ts'

export type Judged = Pick<Classification, 'confidences' | 'gate' | 'set'>

/** What the model says of a picture, by the same preprocessing, network and input gate as of a file. */
export async function judge(model: Model, base: Base): Promise<Judged> {
  const image = asImage(base)
  const { preprocessing } = model.manifest
  const { input, statistics, seen } = preprocessMeasured(image, preprocessing)
  const shape = model.inputGate.shape(outlineOf(seen.planes, preprocessing.size))
  const [{ confidences, features }] = (await model.predict([input])) as [Prediction]
  const look = lookAt({ image, ...seen })
  const asked = { look, statistics, shape, dicom: base.dicom, distance: model.distance(features) }
  return { confidences, gate: judgeInput(asked, model.inputGate.limits), set: model.answerSet(confidences) }
}

export const asImage = ({ picture }: Pick<Base, 'picture'>): DecodedImage => ({ ...picture, format: 'png' })
