import type { Translated } from '../../shared/language.ts'
import type { MarkReason } from '../../shared/reading.ts'
import { secondStates } from '../../shared/words.de.ts'
import type { secondTexts } from './second-texts.ts'

const because: Record<MarkReason, (by: string) => string> = {
  reader: (by) => `Vorgesehen von ${by}`,
  every: () => 'Vorgesehen wie jeder Fall der Abteilung',
  below: () => 'Wegen der Konfidenz vorgesehen, nach Vorgabe der Abteilung',
}

export const german: Translated<typeof secondTexts> = {
  title: 'Zweitbefund',
  filter: '2. Befund',
  states: secondStates,
  cells: { marked: 'Zwei Befunder', open: 'Zweitbefund', disputed: 'Drittbefund' },
  waiting: (n) => `${n} zum Zweitbefund`,
  toDecide: (n) => `${n} zum Drittbefund`,
  marked: ({ why, markedBy }, at) => `${because[why](markedBy)}, ${at}`,
  mark: 'Zweitbefund…',
  markTitle: 'Zweitbefund für diesen Fall vorsehen',
  markText:
    'Ist der Erstbefund signiert, wartet der Fall auf eine zweite Person. Bis sie befundet hat, sieht nur der jeweilige Befunder seine eigene Beurteilung. Weichen beide ab, entscheidet ein Drittbefund. Die Vormerkung bleibt.',
  tooFewReaders: (n) =>
    n === 1
      ? 'Außer Ihnen darf hier niemand befunden: Der Fall wartet, bis ein weiterer Befunder ein Konto hat.'
      : 'Nur zwei dürfen hier befunden. Weichen sie ab, kann niemand entscheiden, und der Fall bleibt offen, bis ein dritter Befunder ein Konto hat.',
  markNow: 'Zweitbefund vorsehen',
  nowMarked: 'Zweitbefund vorgesehen.',
  withheldDraft: (reader) =>
    `${reader} hat eine Beurteilung begonnen, die Ihnen nicht gezeigt wird. Ihre tritt an deren Stelle.`,
  withheldSigned: (reader) => `${reader} hat signiert. Das Ergebnis sehen Sie erst nach Ihrer eigenen Befundung.`,
  withheldOther: (reader) => `${reader} hat signiert. Das Ergebnis bleibt bis zum Zweitbefund verborgen.`,
  waits: 'Wartet auf die Signatur des Erstbefunds.',
  waitsSecond: 'Wartet auf den Zweitbefund; bis dahin nennen Listen die Beurteilung nicht.',
  says: (says) => `Zweitbefund: ${says}`,
  unknowing: 'ohne Kenntnis des ersten',
  agree: 'Beide sagen dasselbe.',
  disputed: 'Die beiden weichen ab. Ein Drittbefund entscheidet.',
  adjudicated: (reader, at) => `Drittbefund von ${reader}, ${at}. Die gültige Beurteilung entscheidet.`,
  adjudicatedAt: (when) => `Drittbefund ${when}`,
  between: {
    first: (says) => `Erstbefund: ${says}`,
    second: (says) => `Zweitbefund: ${says}`,
    agree: (label) => `Zustimmung — ${label}`,
  },
  formTitle: { read: 'Ihr Zweitbefund', adjudicate: 'Ihr Drittbefund' },
  signNow: { read: 'Zweitbefund signieren', adjudicate: 'Drittbefund signieren' },
  signed: { read: 'Zweitbefund signiert.', adjudicate: 'Drittbefund signiert.' },
  signAgain: {
    read: (key) => `${key} noch einmal signiert Ihren Zweitbefund und zeigt Ihnen den ersten.`,
    adjudicate: (key) => `${key} noch einmal signiert Ihren Drittbefund.`,
  },
  hint: {
    read: 'Wird sofort signiert; er bleibt neben dem ersten stehen.',
    adjudicate: 'Tritt an die Stelle der ersten Beurteilung; beide Befunde bleiben erhalten.',
  },
  setting: {
    title: 'Fälle mit Zweitbefund',
    when: 'Mit der ersten Beurteilung für einen Zweitbefund vorgesehen',
    options: { none: 'was ein Befunder vormerkt', every: 'jeder Fall', below: 'Fälle unter einer Konfidenz' },
    below: 'Konfidenz unter',
    percent: '%',
    adjudicators: 'Wer Drittbefunde gibt',
    anyone: 'Niemand ausgewählt: jeder dritte Befunder.',
    save: 'Speichern',
    saved: 'Zweitbefundung eingestellt.',
    loadFailed: 'Die Einstellung zur Zweitbefundung konnte nicht geladen werden.',
  },
}
