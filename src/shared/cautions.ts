import type { DicomFacts } from './dicom.ts'
import { type Confidences, formatConfidence, type Label } from './labels.ts'
import type { Translated } from './language.ts'

/** What must be said beside every answer of a model, on the screen and on paper. */
export const CAUTIONS = {
  madeFor: 'Made for single contrast-enhanced T1 slices; in others the model does not know the type of a tumour.',
  notHealthy: '“No tumour” is not “healthy”: the model knows four labels only.',
  inColour: 'This picture is in colour: the answer means nothing for it.',
  isEmpty: 'This picture is empty: the answer means nothing for it.',
  otherModality: (modality: string) => `By its file this is ${modality}, not MR: the answer means nothing for it.`,
  contrast:
    'The file names no contrast agent. The model was made for contrast-enhanced T1: its answer may be false both ways, a tumour called where there is none, or one missed.',
  spread: (tumour: number) =>
    `A tumour of some type has ${formatConfidence(tumour)}, more than “no tumour”, though no one type has as much.`,
  blindSpot: (share: number, n: number) =>
    `On scans from other scanners and sequences it called ${Math.round(100 * share)} % of ${n} tumours “no tumour”.`,
} as const
export type Cautions = Translated<typeof CAUTIONS>

/** Modalities (DICOM 0008,0060) of files that may hold an MR image: MR, other, a screen’s copy; '' where it is not said. */
const POSSIBLY_MR = ['', 'MR', 'OT', 'SC']

/** Whether a file of this modality may hold an MR image. */
export const isPossiblyMr = (modality: string): boolean => POSSIBLY_MR.includes(modality)

/**
 * Why an answer from before there was an input gate means nothing, if so; later ones have a gate that says it.
 *
 * @param picture null where it cannot be shown
 * @param modality as its file names it
 */
export function meaningless(
  picture: { empty: boolean; channels: number } | null,
  modality: string,
  words: Cautions = CAUTIONS,
): string | null {
  if (picture?.empty) return words.isEmpty
  if (!isPossiblyMr(modality)) return words.otherModality(modality)
  return picture?.channels === 3 ? words.inColour : null
}

/**
 * What the header of a single image asks to be said beside its answer; a series, and frames that were all read, have cautions of
 * their own (`SERIES_CAUTIONS`).
 *
 * @param dicom null where it is no DICOM file: it has no header that could name a contrast agent
 */
export const headerCautions = (
  dicom: Pick<DicomFacts, 'contrastAgent'> | null,
  words: Cautions = CAUTIONS,
): string[] => (dicom?.contrastAgent === '' ? [words.contrast] : [])

/** A tumour is called although “no tumour” is more probable than any one type: said, or the numbers look wrong. */
export const isSpread = (called: Label, { notumor, ...tumours }: Confidences): boolean =>
  called !== 'notumor' && Math.max(...Object.values(tumours)) < notumor

interface Sensitivity {
  sensitivity: number
  groupMean: number | null
  n: number
}

/** Where a model is blind: said beside its answer, not only on its card. */
export const blindSpotOf = <T extends Sensitivity>(sensitivities: readonly T[]): T | undefined =>
  sensitivities.find(({ sensitivity, groupMean }) => Math.min(sensitivity, groupMean ?? 1) < 0.95)
