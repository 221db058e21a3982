import type { DicomFacts } from './dicom.ts'

/** Words of other sequences in names of series. */
const OTHER =
  /(?:^|[^a-z0-9])(?:t2\*?w?|flair|dwi|dti|adc|trace|swi|swan|tof|mra|pdw?|stir|bold|perf\w*|asl|fmri)(?![a-z0-9])/i
const T1 = /(?:^|[^a-z0-9])t1/i
/** Echo times of T1-weighted images are shorter, ms. */
const LONGEST_T1_ECHO_MS = 40
/** A fluid-attenuated one has longer times from its inversion; a T1-weighted one with inversion (MPRAGE) some 1000, ms. */
const LONGEST_T1_INVERSION_MS = 1_500

/** Whether the file tells of another sequence than T1: by its times, else by its names. */
export function isOtherSequence(facts: DicomFacts): boolean {
  const { echoTime, inversionTime } = facts
  if (echoTime !== null && echoTime > LONGEST_T1_ECHO_MS) return true
  if (inversionTime !== null && inversionTime > LONGEST_T1_INVERSION_MS) return true
  const names = `${facts.seriesDescription} ${facts.sequenceName}`
  return OTHER.test(names) && !T1.test(names)
}
