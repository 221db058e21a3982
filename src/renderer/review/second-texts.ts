import type { Second } from '../../shared/cases.ts'
import { type MarkReason, SECOND_STATE_NAMES, type SecondState } from '../../shared/reading.ts'

const because: Record<MarkReason, (by: string) => string> = {
  reader: (by) => `Marked by ${by}`,
  every: () => 'Marked, as every case of the department',
  below: () => 'Marked for its confidence, as the department asks',
}

/** What screens say of cases that two read. */
export const secondTexts = {
  title: 'Second reading',
  filter: 'Second reading',
  states: SECOND_STATE_NAMES,
  /** In the place of a verdict that no list tells. */
  cells: { marked: 'Two read it', open: 'For 2nd reader', disputed: 'To adjudicate' } as Partial<
    Record<SecondState, string>
  >,
  waiting: (n: number) => `${n} for second reading`,
  toDecide: (n: number) => `${n} to adjudicate`,
  marked: ({ why, markedBy }: Second, at: string) => `${because[why](markedBy)}, ${at}`,
  mark: 'Second reader…',
  markTitle: 'Have this case read by a second reader',
  markText:
    'Once the first reading is signed, the case waits for another person. Until they have read it, nobody but its own reader sees a verdict on it. Where the two differ, a third reader decides. A mark stays.',
  tooFewReaders: (n: number) =>
    n === 1
      ? 'You are the only one here who may read cases: the case will wait until another reader has an account.'
      : 'Only two here may read cases. Where they differ nobody can decide, and the case stays open until a third reader has an account.',
  markNow: 'Mark for a second reader',
  nowMarked: 'Marked for a second reader.',
  withheldDraft: (reader: string) => `${reader} has begun a verdict, which is kept from you. Yours takes its place.`,
  withheldSigned: (reader: string) => `${reader} has signed. What they say is kept from you until you have read it.`,
  withheldOther: (reader: string) => `${reader} has signed. What they say is kept until the second reading.`,
  waits: 'It waits for the first reader to sign.',
  waitsSecond: 'It waits for a second reader; until then lists do not tell the verdict.',
  says: (says: string) => `Second reading: ${says}`,
  unknowing: 'without knowing the first',
  agree: 'Both say the same.',
  disputed: 'The two differ. A third reader decides.',
  adjudicated: (reader: string, at: string) => `Adjudicated by ${reader}, ${at}. The verdict that stands decides.`,
  adjudicatedAt: (when: string) => `adjudicated ${when}`,
  /** What a third reader decides between. */
  between: {
    first: (says: string) => `First: ${says}`,
    second: (says: string) => `Second: ${says}`,
    agree: (label: string) => `Agree — ${label}`,
  },
  formTitle: { read: 'Your second reading', adjudicate: 'Your adjudication' },
  signNow: { read: 'Sign the second reading', adjudicate: 'Sign the adjudication' },
  signed: { read: 'Second reading signed.', adjudicate: 'Adjudication signed.' },
  signAgain: {
    read: (key: string) => `${key} again signs your second reading, and shows you the first.`,
    adjudicate: (key: string) => `${key} again signs your adjudication.`,
  },
  hint: {
    read: 'Signed as it is given; it stays beside the first.',
    adjudicate: 'Takes the place of the first verdict; both readings stay.',
  },
  setting: {
    title: 'Cases that two read',
    when: 'Marked for a second reader with the first verdict',
    options: { none: 'those that a reader marks', every: 'every case', below: 'those below a confidence' },
    below: 'Confidence below',
    percent: '%',
    adjudicators: 'Who may adjudicate',
    anyone: 'Nobody chosen: any third reader.',
    save: 'Save',
    saved: 'Second readings set.',
    loadFailed: 'What is set for second readings could not be loaded.',
  },
}
