import { FULL_ASYMMETRY } from '../../shared/brain-region.ts'
import { ASYMMETRY_NOTE, GREYS_NOTE, NO_ASYMMETRY_WORDS, NO_REGION } from '../../shared/region-words.ts'

/** The brain region and the asymmetry of its sides; part of `texts`. */
export const regionTexts = {
  title: 'Brain region',
  outline: 'Brain outline',
  outlineHint: 'Where the brain was found in the picture, by a rule and not by the model.',
  asymmetry: 'Asymmetry',
  short: { outline: 'Outline', asymmetry: 'Sides' },
  asymmetryHint: `${ASYMMETRY_NOTE}.`,
  figures: 'Figures',
  note: ASYMMETRY_NOTE,
  outlined: 'Thin line: brain region, found by a rule; rough towards the neck',
  least: 'alike',
  most: `${Math.round(100 * FULL_ASYMMETRY)} % of the median grey or more`,
  index: (index: number) => `Index ${index.toFixed(2)}`,
  legend: 'How much a place differs from its counterpart across the dashed midline; both are marked',
  how: 'The index is how much the tenth of the brain that differs most differs from its counterpart, in median greys. A tumour in the midline does not show in it, and healthy brains differ, too.',
  greys: GREYS_NOTE,
  none: NO_REGION,
  reasons: NO_ASYMMETRY_WORDS,
  loading: 'The brain is being looked for…',
  later: 'Nothing was measured when this case was read. These figures are worked out now, and are not on record.',
  ofKey: 'On record of the slice that stands for the series; lines and colours are of the slice on the screen.',
  kept: 'The asymmetry is shown after your impression is recorded.',
  again: 'Try again',
  cannot: (why: string) => `No asymmetry. ${why}`,
} as const
