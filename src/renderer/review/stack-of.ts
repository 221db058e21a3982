import type { CaseDetail } from '../../shared/cases.ts'
import type { Series, StackWindow } from '../../shared/series.ts'
import { call } from '../client/client.ts'
import type { ImageStack } from '../viewer/viewer.svelte.ts'

/** What is known of the stack that a case is. */
export interface KnownStack {
  series: Series | null
  /** At which it opens. */
  window: StackWindow | null
}

/** @throws RequestFailed */
export async function askStack(id: string): Promise<KnownStack> {
  const [series, { window }] = await Promise.all([call('cases.series', { id }), call('cases.stack-window', { id })])
  return { series, window }
}

/** What a case is scrolled through; null while that is not known. */
export function stackOf(detail: CaseDetail | null, known: KnownStack | null): ImageStack | null {
  if (!detail) return null
  const of = detail.id
  const frames = detail.dicom?.frames ?? 1
  if (!detail.series && frames === 1) return { of, images: [{ caseId: of, frame: null }], window: null }
  if (!known) return null
  const { series, window } = known
  if (detail.series)
    return series && { of, images: series.slices.map(({ caseId }) => ({ caseId, frame: null })), window }
  return { of, images: Array.from({ length: frames }, (_, frame) => ({ caseId: of, frame })), window }
}

/** Whether two are the same images in the same order. */
export const sameStack = (one: ImageStack, other: ImageStack): boolean =>
  one.of === other.of &&
  one.images.length === other.images.length &&
  one.images.every(({ caseId, frame }, at) => other.images[at]?.caseId === caseId && other.images[at]?.frame === frame)
