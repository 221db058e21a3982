import type { Translated } from '../../shared/language.ts'
import { passedOverWords } from '../../shared/passed-over-words.ts'
import { retriedWords } from '../../shared/retried.ts'
import { states } from '../../shared/words.de.ts'
import { number, plural } from '../format.ts'
import type { batches } from './texts.ts'

const dateien = (n: number) => plural(n, 'Datei', 'Dateien')
const faelle = (n: number) => plural(n, 'Fall', 'Fälle')

export const german: Translated<typeof batches> = {
  title: 'Stapel',
  states: {
    queued: 'Eingereiht',
    running: 'Läuft',
    paused: 'Angehalten',
    completed: 'Fertig',
    cancelled: 'Abgebrochen',
    interrupted: 'Unterbrochen',
  },
  stopping: { paused: 'Hält an…', cancelled: 'Endet…' },
  stoppingHelp: {
    paused: 'Begonnene Dateien werden erst fertig, dann hält er an.',
    cancelled: 'Begonnene Dateien werden erst fertig, dann endet er.',
  },
  waitsShort: (station) => `Wartet auf ${station}`,
  waitsFor: (station) =>
    `Wartet auf den Arbeitsplatz ${station}, der nicht offen ist. Die Dateien liegen dort: Es geht weiter, sobald Gyrus dort gestartet wird.`,
  retried: retriedWords,
  origins: { folder: 'Ordner', files: 'Dateien', 'command-line': 'Terminal', upload: 'Browser' },
  fileStates: { ...states, waiting: 'Nicht begonnen', skipped: 'Schon gesehen' },
  none: 'Noch wurde kein Ordner in einem Zug klassifiziert.',
  noneText:
    'Öffnen Sie einen Ordner: Seine Aufnahmen werden nacheinander ausgewertet, und was zuerst anzusehen ist, kommt zuerst.',
  columns: {
    name: 'Stapel',
    state: 'Status',
    progress: 'Erledigt',
    failed: 'Fehler',
    skipped: 'Schon gesehen',
    rate: 'Tempo',
    origin: 'Aus',
    by: 'Von',
    created: 'Begonnen',
  },
  table: 'Stapel',
  of: (done, total, listed) => `${number(done)} von ${number(total)}${listed ? '' : '+'}`,
  share: (share) => `${Math.floor(100 * share)} %`,
  more: 'Ältere zeigen',
  loadFailed: 'Die Stapel konnten nicht geladen werden.',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  cancel: 'Abbrechen',
  cancelTitle: 'Diesen Stapel beenden?',
  cancelSure: 'Ausgewertetes bleibt; der Rest wird nicht geöffnet. Ein beendeter Stapel lässt sich nicht fortsetzen.',
  cancelYes: 'Beenden',
  keep: 'Behalten',
  retry: 'Fehler wiederholen',
  export: 'Exportieren',
  csv: 'CSV',
  xlsx: 'Excel',
  pdf: 'Zusammenfassung (PDF)',
  by: (reader, at) => `${reader}, ${at}`,
  series: ({ count, files }) =>
    `${plural(count, 'Serie', 'Serien')} aus ${dateien(files)} zusammengestellt: jede ein Fall`,
  slice: 'Schicht einer Serie',
  seriesHead: 'Serien',
  has: ({ count, files: slices }, others) => {
    const series = `${plural(count, 'Serie', 'Serien')} aus ${plural(slices, 'Schicht', 'Schichten')}`
    return others === 0 ? series : `${series}, ${plural(others, 'Bild', 'Bilder')}`
  },
  showSlices: 'Auch die Schichten zeigen',
  hideSlices: 'Ohne die Schichten',
  passedOver: (n) => `${dateien(n)} übergangen`,
  passedOverHelp: 'Nichts darin auszuwerten, und keine Fehler.',
  passedOverKind: passedOverWords,
  passedOverMore: (n) => `${number(n)} weitere, nicht aufgeführt`,
  otherBytes: (name) => `gleiches Bild wie ${name}, andere Bytes`,
  looking: 'sucht noch Dateien',
  uploadHint:
    'Diese Dateien kamen aus einem Browser. Um fortzufahren, öffnen Sie den Ordner erneut: Ausgewertetes wird übersprungen.',
  totals: 'Was gefunden wurde',
  only: (name) => `Nur zeigen: ${name}`,
  kept: 'Erscheint nach Ihrem Ersteindruck',
  result: 'Ergebnis',
  filesHead: 'Dateien',
  files: 'Dateien des Stapels',
  found: dateien,
  fileColumns: {
    select: 'Auswahl',
    picture: 'Bild',
    state: 'Status',
    file: 'Datei',
    label: 'KI',
    confidence: 'Konf.',
    attention: 'Fokus',
    verdict: 'Befund',
    opened: 'Geöffnet',
  },
  attentionHelp:
    'Wie sehr ein Ergebnis Ihren Blick braucht, 0 bis 1: hoch, wo ein Tumor wahrscheinlich oder das Modell unsicher ist. 1 − (1 − Tumorwahrscheinlichkeit) × (1 − Entropieanteil). Ordnet einen Stapel nur nach seinen Antworten; „Dringendste zuerst“ in der Arbeitsliste zählt auch Wartetage.',
  sort: 'Reihenfolge',
  sorts: { attention: 'Zuerst anzusehen', order: 'Wie im Ordner' },
  confidence: 'Konfidenz',
  anyConfidence: 'Jede Konfidenz',
  upTo: (confidence) => `Höchstens ${confidence}`,
  opened: 'Von Ihnen geöffnet',
  notOpened: 'Nicht von Ihnen geöffnet',
  select: (name) => `${name} auswählen`,
  selectAll: 'Geöffnete auswählen',
  selectAllHelp:
    'Wählt aus, was Sie geöffnet haben, soweit die Tabelle es zeigt: ungelesene Fälle zum Zustimmen und Ihre eigenen Beurteilungen zum Signieren.',
  agree: (n) => (n === 0 ? 'Auswahl zustimmen' : `Auswahl zustimmen (${number(n)})`),
  agreed: (agreed, notOpened, rest) =>
    [
      `${faelle(agreed)} zugestimmt.`,
      notOpened > 0 ? `${faelle(notOpened)} ausgelassen: erst öffnen.` : '',
      rest > 0 ? `${faelle(rest)} ausgelassen: schon beurteilt oder ohne Ergebnis.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  sign: (n) => (n === 0 ? 'Auswahl signieren' : `Auswahl signieren (${number(n)})`),
  signHelp:
    'Signiert Ihre Beurteilungen der gewählten Fälle mit Ihrem Namen. Danach sind sie nur durch eine Berichtigung zu ändern.',
  signed: (signed, notOpened, rest) =>
    [
      `${faelle(signed)} signiert.`,
      notOpened > 0 ? `${faelle(notOpened)} ausgelassen: erst öffnen.` : '',
      rest > 0
        ? `${faelle(rest)} ausgelassen: Zum Ergebnis gilt keine Beurteilung von Ihnen, oder es ist schon signiert.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  noHits: 'Keine Datei dieses Stapels passt zu den Filtern.',
  empty: 'Noch wurde keine Datei gefunden.',
  folder: {
    title: 'Ordner klassifizieren',
    chosen: (name) => `Ordner: ${name}`,
    count: (n) => `${plural(n, 'Bild', 'Bilder')} zu öffnen`,
    subFolders: 'Mit Unterordnern',
    filter: 'Nur Namen wie',
    filterHint: 'z. B. *_t1ce*.png — * steht für beliebige Zeichen, ? für eines',
    skipSeen: 'Dateien überspringen, die das aktive Modell schon ausgewertet hat, und mit ihrem Fall verknüpfen',
    start: 'Starten',
    cancel: 'Abbrechen',
  },
  takenIn: (name) => `Alle Dateien von „${name}“ wurden übernommen. Siehe Stapel.`,
}
