import { NOT_JUDGED, SERIES_NOT_JUDGED, WORTH_NOTHING } from '../../shared/input-gate.ts'

/** What the input gate says of an image; part of `texts`. */
export const inputGateTexts = {
  notJudged: NOT_JUDGED,
  seriesNotJudged: SERIES_NOT_JUDGED,
  readIt: 'Read it yourself, and give a finding of your own.',
  caution: 'Caution',
  reasons: 'Why',
  numbers: 'Show the network’s numbers',
  worthNothing: WORTH_NOTHING,
  /** Where a reader agrees all the same. */
  noAnswer: 'The model does not judge this image: there is nothing to agree with. Give a finding of your own.',
  seriesNoAnswer: 'The model does not judge this series: there is nothing to agree with. Give a finding of your own.',
}
