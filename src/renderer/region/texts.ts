import { FULL_ASYMMETRY } from '../../shared/brain-region.ts'
import { fixed } from '../../shared/language.ts'
import { REGION_WORDS, usualAsymmetry } from '../../shared/region-words.ts'

/** The brain region and the asymmetry of its sides; part of `texts`. */
export const regionTexts = {
  title: 'Brain region',
  outline: 'Brain outline',
  outlineHint: 'Where the brain was found in the picture, by a rule and not by the model.',
  asymmetry: 'Asymmetry',
  short: { outline: 'Outline', asymmetry: 'Sides' },
  asymmetryHint: `${REGION_WORDS.note}.`,
  figures: 'Figures',
  note: REGION_WORDS.note,
  outlined: 'Thin line: brain region, found by a rule; it errs outwards and may hold bone and scalp',
  least: 'alike',
  most: `${Math.round(100 * FULL_ASYMMETRY)} % of the median grey or more`,
  index: (index: number) => `Index ${fixed(index, 2)} (${usualAsymmetry()}; it is no detector)`,
  legend: 'How much a place differs from its counterpart across the dashed midline; both are marked',
  how: 'The index is how much the tenth of the brain that differs most differs from its counterpart, in median greys. A tumour in the midline does not show in it, and healthy brains differ, too: it is no detector.',
  greys: REGION_WORDS.greys,
  none: REGION_WORDS.none,
  reasons: REGION_WORDS.reasons,
  loading: 'The brain is being looked for…',
  later: 'Nothing was measured when this case was read. These figures are worked out now, and are not on record.',
  ofKey: 'On record of the slice that stands for the series; lines and colours are of the slice on the screen.',
  kept: 'The asymmetry is shown after your impression is recorded.',
  again: 'Try again',
  cannot: (why: string) => `No asymmetry. ${why}`,
} as const
