import { PASSED, type Passed } from '../../shared/source-rule.ts'
import type { Today } from '../../shared/sources.ts'
import { number } from '../format.ts'

const names: Record<Passed, string> = {
  modality: 'of other modality',
  'body-part': 'of other body part',
  description: 'by description',
  picture: 'no DICOM',
  'no-image': 'without an image',
}

export const PASSED_WORDS = { names, told: (list: string) => `passed over: ${list}` }

/** What the rule passed over today, e.g. `passed over: 12 of other modality`; null for nothing. */
export function passedText({ passed }: Today): string | null {
  const told = PASSED.flatMap((what) => (passed[what] ? [`${number(passed[what])} ${PASSED_WORDS.names[what]}`] : []))
  return told.length > 0 ? PASSED_WORDS.told(told.join(', ')) : null
}

/** What a source takes. */
export const ruleTexts = {
  change: 'Change what it takes…',
  text: 'What the rule does not take makes no case. Lists are parted by commas.',
  refused:
    'Its sender is told so with each image (status 0124, “not authorised”, and why): nobody shall take for kept what is not here. A sender that stops at the first refusal is better told to send MR alone.',
  fields: {
    modalities: { name: 'Modalities', empty: 'all' },
    bodyParts: { name: 'Body parts', empty: 'any' },
    describedBy: { name: 'Description has one of', empty: 'anything' },
    notDescribedBy: { name: 'Description has none of', empty: 'leaves nothing out' },
  },
  withoutModality: 'and files that name none',
  withoutBodyPart: 'and files that name none',
  modalityHint:
    'The models were made for MR. Copies of screens (SC) and other objects (OT) are often dose sheets, or results of other programs.',
  bodyHint:
    'As the scanner wrote it, such as HEAD or BRAIN. It is often missing, and now and then wrong: leave it empty unless other parts of the body come too.',
  describedHint:
    'Of the study and of the series; capitals and accents do not count. For instance “T1”, and none of “localizer, scout, spectroscopy”.',
  pictures: 'Take pictures too (PNG, JPEG, TIFF, WebP), of which nothing of this is known',
  does: 'What is taken is',
  whats: {
    classify: 'classified at once',
    list: 'only listed: a reader has it classified when they want it',
  },
  save: 'Save the rule',
  saved: 'The rule is in force.',
}
