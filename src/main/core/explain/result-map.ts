import type { CaseDetail, Result } from '../../../shared/cases.ts'
import { type Failure, GyrusError, toFailure } from '../../../shared/errors.ts'
import { NO_ANSWER, NO_MAP_OF_NONE } from '../../../shared/heat-words.ts'
import type { Explanation, ModelIdentity } from '../../engine/protocol.ts'
import type { Images } from '../images.ts'

/** The map of the answer that stands, as a picture, for what is given out; else why there is none, and the failure that says so. */
export type ResultMap = (Explanation & { png: Uint8Array }) | { none: string; failure: Failure | null }

/** Whether a map is of the model that gave the answer: beside another one's it would be false. */
export const isOf = (model: ModelIdentity, { weightsSha256, preprocessingVersion }: Result): boolean =>
  model.weightsSha256 === weightsSha256 && model.preprocessingVersion === preprocessingVersion

/** What the network said of the very image; the answer of a series, or of frames, is that of several. */
export const knownOf = ({ series, dicom, result }: CaseDetail) =>
  series === null && (dicom?.frames ?? 1) === 1 ? result?.confidences : undefined

/**
 * Of a tumour only. Of a series, over the slice that stands for it.
 *
 * @throws GyrusError of `Images.pixels`, as they would meet the image itself
 */
export async function resultMap(images: Images, detail: CaseDetail): Promise<ResultMap> {
  const { id, result } = detail
  if (!result) return { none: NO_ANSWER, failure: null }
  if (result.label === null) return noneFor(new GyrusError('explain-not-judged'))
  if (result.label === 'notumor') return { none: NO_MAP_OF_NONE, failure: null }
  try {
    const map = await images.explain(id, { label: result.label, known: knownOf(detail), bare: true })
    const { png } = map
    if (!png) throw new Error('a picture of the map was expected')
    return isOf(map.model, result)
      ? { ...map, png }
      : noneFor(new GyrusError('explain-other-model', { model: result.modelId }))
  } catch (error) {
    if (error instanceof GyrusError && error.code.startsWith('explain-')) return noneFor(error)
    throw error
  }
}

/** There is no map because of this. */
export function noneFor(error: unknown): ResultMap {
  const failure = toFailure(error)
  return { none: failure.message, failure }
}
