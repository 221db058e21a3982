import type { Stance } from './interplay.ts'
import type { DriftOf } from './monitoring.ts'
import type { Change } from './reading-changes.ts'

/** Words on how a model does in use, for the monitoring page and the report of a month alike. */

export const figures = {
  agreement: 'Übereinstimmung',
  recall: (label: string) => `Recall: ${label}`,
  specificity: 'Spezifität: „kein Tumor“',
  missed: 'Tumoren als „kein Tumor“',
  unjudged: 'Fälle, die das Modell nicht beurteilte',
  cannotTell: 'Befunder: unklar',
  ece: 'Kalibrierungsfehler (ECE)',
  median: 'Median',
  faster: '95 % sind schneller',
  far: 'Bilder fern von den Trainingsbildern',
  distance: 'Abstand von den Trainingsbildern',
  restarts: 'Neustarts der Auswertung',
  memory: 'Speicher von Gyrus, höchstens',
  disk: 'Platz auf der Platte, mindestens',
  inference: 'Rechenzeit',
  inferenceMs: 'Rechenzeit, ms',
}

/** Heads of tables and names of lines. */
export const heads = {
  measured: 'Gemessen',
  estimated: 'Geschätzt',
  answers: 'Antworten',
  signed: 'Signiert',
  cases: 'Fälle',
  agreement: 'Übereinst.',
  unjudged: 'Nicht beurteilt',
  specificity: 'Spezifität',
  value: 'Wert',
  limit: 'Grenze',
  interval: '95-%-Intervall',
  machine: 'Dieser Rechner',
  department: 'Abteilung',
  month: 'Monat (UTC)',
  model: 'Modell',
  source: 'Quelle',
  scanner: 'Gerät',
  sequence: 'Sequenz',
  reader: 'Signiert von',
}

export const drift = {
  first: 'Drift gegenüber den ersten Antworten hier',
  trained: 'Drift gegenüber dem Trainingsdatensatz',
}

export const driftOf: Record<DriftOf, string> = {
  confidence: 'Konfidenz',
  labels: 'Mischung der Antworten',
  size: 'Größe der Bilder',
  brightness: 'Helligkeit des Kopfes',
  contrast: 'Kontrast des Kopfes',
  sharpness: 'Schärfe des Kopfes',
  noise: 'Rauschen im Kopf',
  head: 'Anteil des Kopfes am Bild',
  distance: 'Abstand von den Trainingsbildern, Index',
}

export const interplay = {
  title: 'Befunder und KI',
  signed: 'Von signierten Fällen',
  readings: (n: string, one: boolean) =>
    `Von ${n} ${one ? 'Befundung' : 'Befundungen'} mit Ersteindruck vor der Antwort`,
  none: 'In dieser Zeit wurde keine Befundung mit Ersteindruck vor der Antwort signiert.',
  right: 'Richtig, wo ein Drittbefund entschied',
}

export const stances: Record<Stance, string> = {
  agreed: 'Der KI zugestimmt',
  overruled: 'Gegen die KI entschieden',
  'cannot-tell': 'Unklar',
}

export const changes: Record<Change, string> = {
  unchanged: 'Unverändert',
  towards: 'Geändert zu dem, was die KI sagt',
  away: 'Geändert weg von dem, was die KI sagt',
  elsewhere: 'Geändert zu etwas anderem',
}

/** What a limit of an alarm is held against. */
export const limits = {
  agreement: 'Übereinstimmung mit signierten Beurteilungen unter',
  missed: 'Tumoren als „kein Tumor“ über',
  unjudged: 'Fälle, die das Modell nicht beurteilte, über',
  psi: 'Stabilitätsindex, gegenüber den ersten Antworten hier, über',
  trainedPsi: 'Stabilitätsindex, gegenüber dem Trainingsdatensatz, über',
  far: 'Bilder fern von den Trainingsbildern über',
  inferenceMs: '95. Perzentil der Rechenzeit über',
  diskBytes: 'Platz auf der Platte unter',
}
