import type { CaseDetail } from '../../../shared/cases.ts'
import type { ParsedInput, RequestOutput } from '../../../shared/contract.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Explanation } from '../../engine/protocol.ts'
import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Images } from '../images.ts'
import type { Reading } from '../reading/index.ts'
import { isOf, knownOf } from './result-map.ts'

interface Parts {
  store: Store
  images: Images
  reading: Reading
}

/** Heat maps, as a reader may see them. */
export const explainHandlers = (parts: Parts) =>
  ({
    'cases.explain': async (asked, { reader }) => {
      // It would tell the answer.
      await parts.reading.requireShown(asked.id, reader)
      return explainCase(parts, asked)
    },
  }) satisfies Partial<Handlers>

/** @throws GyrusError `explain-other-model`, `explain-not-judged`, `explain-frame-unread`, `case-unknown`, errors of `Images` and of the engine's `explain` */
async function explainCase(
  { store, images }: Parts,
  { id, frame, ...asked }: ParsedInput<'cases.explain'>,
): Promise<RequestOutput<'cases.explain'>> {
  const detail = await store.getCase(id)
  const { result } = detail
  if (result && result.label === null) throw new GyrusError('explain-not-judged')
  if (frame !== undefined) await requireAnswered(store, detail, frame)
  const found = await images.explain(id, { ...asked, known: knownOf(detail) }, frame)
  if (result && !isOf(found.model, result)) throw new GyrusError('explain-other-model', { model: result.modelId })
  return pageMap(found)
}

/** A map tells what the model says of its image: what it has not said on record is asked for by `cases.frame-answer`. */
async function requireAnswered(store: Store, { id, dicom }: CaseDetail, frame: number): Promise<void> {
  const frames = await store.seriesOf(id)
  const answered = frames
    ? frames.slices.some((one) => one.frame === frame && one.label !== null)
    : frame + 1 === (dicom?.frame ?? 1)
  if (!answered) throw new GyrusError('explain-frame-unread', { frame: frame + 1 })
}

/** A map in the form of the contract. */
export function pageMap({ model, values, png: _, timings, ...map }: Explanation): RequestOutput<'cases.explain'> {
  const bytes = Uint8Array.from(values, (value) => Math.round(255 * value))
  const milliseconds = timings.map + timings.faithfulness
  return { ...map, modelId: model.id, values: Buffer.from(bytes).toString('base64'), milliseconds }
}
