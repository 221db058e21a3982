import type { Translated } from '../../../../shared/language.ts'
import { numbersIn } from '../numbers.ts'
import type { batchTexts } from './texts.ts'

const { count, percent } = numbersIn('de')

export const german: Translated<typeof batchTexts> = {
  documentTitle: (name) => `Gyrus: Zusammenfassung des Stapels ${name}`,
  title: (name) => `Stapel „${name}“`,
  facts: {
    origin: 'Aus',
    origins: {
      folder: 'einem Ordner',
      files: 'gewählten Dateien',
      'command-line': 'dem Terminal',
      upload: 'einem Browser',
    },
    started: 'Begonnen',
    startedBy: (at, by) => `${at} von ${by}`,
    finished: 'Fertig',
    notFinished: 'nicht fertig',
    files: 'Dateien',
    counts: (files, analysed, failed, waiting) =>
      `${count(files)}: ${count(analysed)} ausgewertet, ${count(failed)} fehlgeschlagen${waiting > 0 ? `, ${count(waiting)} noch wartend` : ''}`,
    series: 'Serien',
    seriesOf: (n, files) =>
      `${count(n)}, aus ${count(files)} Dateien: jede wird als ein Fall gelesen; die Antworten hier sind die der einzelnen Dateien`,
    keptOut: 'Nicht in den Zahlen',
    kept: (n) => `${count(n)} ausgewertet; ihre Antworten erscheinen diesem Befunder erst nach dem Ersteindruck`,
    read: 'Befundet',
    readOf: (read, analysed) => `${count(read)} von ${count(analysed)}`,
    model: 'Modell',
    modelOf: (name, id, version, weights) => `${name} (${id}), Version ${version}, Gewichte SHA-256 ${weights}…`,
    nothingAnalysed: 'keines: nichts wurde ausgewertet',
    modelGone: 'nicht mehr auf diesem Rechner',
  },
  chart: 'Was das Modell zu den Bildern sagt',
  bar: (n, share) => `${count(n)} (${percent(share, 1)})`,
  meaning:
    'Die Zahlen sagen, was das Modell antwortete, nicht, was die Patienten haben. Fehlgeschlagene Dateien sind in keinem Balken.',
  batch: (id) => `Stapel ${id}`,
  eyes: {
    title: 'Fälle, zuerst anzusehende oben',
    columns: { file: 'Datei', code: 'Code', label: 'KI', confidence: 'Konf.', verdict: 'Befund' },
    unread: 'ungelesen',
    says: (verdict, label, reader) => `${verdict}${label === null ? '' : `: ${label}`} (${reader})`,
  },
  failed: {
    title: 'Dateien, die nicht gelesen werden konnten: Zu ihnen gibt es keine zweite Meinung',
    columns: { file: 'Datei', reason: 'Grund' },
  },
  passedOver: {
    title: 'Übergangen: nichts darin auszuwerten, und keine Fehler',
    columns: { what: 'Was', file: 'Datei' },
    more: (n) => `${count(n)} weitere, nicht aufgeführt`,
  },
}
