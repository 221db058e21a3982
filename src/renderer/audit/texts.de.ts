import type { Translated } from '../../shared/language.ts'
import { number, plural } from '../format.ts'
import { acts } from './act-names.de.ts'
import type { auditTexts } from './texts.ts'

const eintraege = (n: number) => plural(n, 'Eintrag', 'Einträge')

export const german: Translated<typeof auditTexts> = {
  title: 'Audit-Protokoll',
  count: (n, filtered) => `${eintraege(n)}${filtered ? ' gefunden' : ''}`,
  grid: 'Einträge',
  columns: { sequence: 'Nr.', at: 'Zeit', actor: 'Wer', act: 'Was', subject: 'Woran', detail: 'Einzelheiten' },
  subject: 'Woran: Code oder ID eines Falls oder Stapels, ein Modell, Name@Version eines Datensatzes …',
  subjectLabel: 'Nur Einträge zu einer Sache',
  only: (subject) => `Nur Einträge zu ${subject}`,
  openCase: 'Öffnen',
  more: (sequence) => `Eintrag ${number(sequence)}: alles, was er sagt`,
  entry: {
    title: (sequence) => `Eintrag ${number(sequence)}`,
    facts: 'In Worten',
    subject: 'Woran',
    act: 'Handlung, UTC',
    hash: 'SHA-256',
    previous: 'Voriger Eintrag',
    json: 'Wie festgehalten',
  },
  withheld: 'Die Einzelheiten bleiben Ihnen bis zum Zweitbefund verborgen.',
  none: 'Hier wurde noch nichts getan.',
  noHits: 'Kein Eintrag passt zu den Filtern.',
  noHitsHint:
    'Einträge nennen weder Patienten noch Dateien. Suchen Sie den Fall in der Arbeitsliste: Sein Verlauf (y) hat seine Einträge, und hier eingegeben wird sein Code, wie Berichte ihn drucken, oder seine ID.',
  loadFailed: 'Das Audit-Protokoll konnte nicht geladen werden.',
  verify: 'Prüfen',
  cancel: 'Abbrechen',
  files: 'Auch Aufnahmen',
  filesHint: 'Liest auch jede gespeicherte Aufnahme noch einmal, was länger dauert',
  stages: {
    entries: 'Einträge und was sie binden',
    rows: 'Zeilen',
    cases: 'Fälle',
    files: 'Gespeicherte Aufnahmen',
    batches: 'Dateien von Stapeln',
    database: 'Datenbankdatei und Indizes',
  },
  verifying: 'Prüfung läuft',
  running: (stage, done, total) => `${stage}: ${number(done)} von ${number(total)}`,
  sound: (entries, rows, files) => {
    const scans = files === null ? '' : `, und ${plural(files, 'gespeicherte Aufnahme', 'gespeicherte Aufnahmen')}`
    return `In Ordnung: ${eintraege(entries)}, ${plural(rows, 'gebundener Datensatz', 'gebundene Datensätze')}${scans}.`
  },
  verifiedAt: (at) => `Geprüft ${at}.`,
  clock: (n) => `Die Uhr dieses Rechners wurde ${n === 1 ? 'einmal' : `${number(n)}-mal`} zurückgestellt.`,
  head: (sequence, hash) => `Kopf: Eintrag ${number(sequence)}, ${hash} …`,
  broken: (sequence) => (sequence === null ? 'Gebrochen.' : `Gebrochen bei Eintrag ${number(sequence)}.`),
  showEntry: (sequence) => `Eintrag ${number(sequence)} zeigen`,
  brokenHalt: 'Die Prüfung endet beim ersten Bruch: Was danach kommt, ist weder so noch so bewiesen.',
  brokenSteps: 'Was zu tun ist',
  steps: {
    keep: 'Lassen Sie den Datenordner, wie er ist: Kopieren Sie ihn weg, bevor sonst etwas mit ihm geschieht.',
    stop: 'Signieren Sie hier nichts mehr, bis es geklärt ist.',
    tell: 'Sagen Sie es der Administration.',
    heads: 'Finden Sie heraus, bis wann es ganz war, an den täglich exportierten Köpfen:',
    restore: 'Stellen Sie dann die neueste Sicherung von davor wieder her:',
  },
  notVerified: 'Das Audit-Protokoll konnte nicht geprüft werden.',
  contains: (heads) =>
    `Es enthält ${heads === 1 ? 'den signierten Kopf' : `alle ${heads} signierten Köpfe`} des gewählten Ordners.`,
  daily: (folder, last) => `Täglich signiert in ${folder}${last === null ? '' : ` (zuletzt ${last})`}.`,
  notDaily:
    'Nicht täglich signiert: Am Ende abgeschnittene Einträge fielen nicht auf. Siehe „gyrus audit head --help“.',
  key: (fingerprint) => `Schlüssel ${fingerprint} …`,
  export: 'Exportieren',
  formats: { csv: 'CSV', json: 'JSON', atna: 'DICOM-Audit-Nachrichten (XML)' },
  acts,
}
