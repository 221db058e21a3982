import { heatNoteOf } from '../../shared/heat-words.ts'
import { formatConfidence } from '../../shared/labels.ts'
import type { Translated } from '../../shared/language.ts'
import { heatNotes, labels, methods } from '../../shared/words.de.ts'
import type { heatTexts } from './texts.ts'

export const german: Translated<typeof heatTexts> = {
  title: 'Heatmap',
  short: 'Heatmap',
  note: (map) => heatNoteOf(map, heatNotes),
  off: 'Aus',
  label: 'Klasse',
  called: (label) => (label ? `${labels[label]} (genannt)` : 'Wie genannt'),
  method: 'Verfahren',
  best: 'Das beste nach Messung',
  methods,
  opacity: 'Deckkraft',
  percent: (share) => `${Math.round(100 * share)} %`,
  draw: 'Darstellung',
  colours: 'Farben',
  outline: 'Umriss',
  says: (label, confidence, method) => `${labels[label]} ${formatConfidence(confidence)}, mit ${methods[method]}`,
  outlined: (level, dashed) =>
    `Umriss bei ${Math.round(100 * level)} % des höchsten Werts${dashed ? ', gestrichelt: nicht aussagekräftig' : ''}`,
  legend: 'Wenig bis viel, was für die Klasse spricht; das Kreuz ist das Maximum',
  least: 'wenig',
  most: 'viel',
  loading: 'Heatmap wird erstellt…',
  cancel: 'Abbrechen',
  cancelled: 'Nicht erstellt. Wählen Sie erneut oder ein anderes Verfahren.',
  again: 'Erstellen',
  first: 'Die Heatmap verrät die Antwort: Halten Sie erst Ihren Ersteindruck fest.',
  none: (why) => `Keine Heatmap. ${why}`,
  noAnswer: 'Ohne Antwort des Modells gibt es nichts zu erklären.',
  notJudged: 'Das Modell hat diese Schicht nicht beantwortet: Es gibt nichts zu erklären.',
  noJudgement: 'Das Modell beurteilt dieses Bild nicht: Es gibt keine Antwort zu erklären.',
  noSeriesJudgement: 'Das Modell beurteilt diese Serie nicht: Es gibt keine Antwort zu erklären.',
  otherFrame: (frame) => `Die Antwort gilt für Einzelbild ${frame}: Nur darüber liegt ihre Heatmap.`,
  notFaithful: 'Nicht aussagekräftig',
}
