import type { CaseDetail } from '../../shared/cases.ts'
import type { Series } from '../../shared/series.ts'
import type { ImageStack } from '../viewer/viewer.svelte.ts'

/** What a case is scrolled through; null while that is not known. */
export function stackOf(detail: CaseDetail | null, series: Series | null): ImageStack | null {
  if (!detail) return null
  const of = detail.id
  if (detail.series) return series && { of, images: series.slices.map(({ caseId }) => ({ caseId, frame: null })) }
  const frames = detail.dicom?.frames ?? 1
  if (frames === 1) return { of, images: [{ caseId: of, frame: null }] }
  return { of, images: Array.from({ length: frames }, (_, frame) => ({ caseId: of, frame })) }
}

/** Whether two are the same images in the same order. */
export const sameStack = (one: ImageStack, other: ImageStack): boolean =>
  one.of === other.of &&
  one.images.length === other.images.length &&
  one.images.every(({ caseId, frame }, at) => other.images[at]?.caseId === caseId && other.images[at]?.frame === frame)
