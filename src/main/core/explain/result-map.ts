import type { CaseDetail, Result } from '../../../shared/cases.ts'
import { ERRORS, GyrusError, toFailure } from '../../../shared/errors.ts'
import { NO_MAP_OF_NONE } from '../../../shared/heat-words.ts'
import type { Explanation, ModelIdentity } from '../../engine/protocol.ts'
import type { Images } from '../images.ts'

/** The map of the answer that stands, as a picture, for what is given out; else why there is none. */
export type ResultMap = (Explanation & { png: Uint8Array }) | { none: string }

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
  if (!result) return { none: 'There is no answer to explain.' }
  if (result.label === null) return { none: ERRORS['explain-not-judged'].message }
  if (result.label === 'notumor') return { none: NO_MAP_OF_NONE }
  try {
    const map = await images.explain(id, { label: result.label, known: knownOf(detail), bare: true })
    const { png } = map
    if (!png) throw new Error('a picture of the map was expected')
    return isOf(map.model, result) ? { ...map, png } : { none: otherModel(result.modelId) }
  } catch (error) {
    if (error instanceof GyrusError && error.code.startsWith('explain-')) return { none: toFailure(error).message }
    throw error
  }
}

const otherModel = (model: string): string => ERRORS['explain-other-model'].message.replace('{model}', model)
