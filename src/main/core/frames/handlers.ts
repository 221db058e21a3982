import type { FrameAnswer } from '../../../shared/frame-contract.ts'
import { labelOf } from '../../../shared/input-gate.ts'
import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Images } from '../images.ts'
import type { Reading } from '../reading/index.ts'

interface Parts {
  store: Store
  images: Images
  reading: Reading
}

/** What the model says of frames that the answer of their case is not of. */
export const frameHandlers = ({ store, images, reading }: Parts) =>
  ({
    'cases.frame-answer': async ({ id, frame }, { reader }): Promise<FrameAnswer> => {
      await reading.requireShown(id, reader)
      const { model, confidences, gate } = await images.classifyFrame(id, frame)
      const label = labelOf(gate, confidences)
      const detail = { frame: frame + 1, model: model.id, label, confidences }
      await store.log({ actor: reader, act: 'case.frame-asked', subject: id, detail })
      return { frame, modelId: model.id, label, confidences, gate }
    },
  }) satisfies Partial<Handlers>
