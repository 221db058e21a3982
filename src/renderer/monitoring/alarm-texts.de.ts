import {
  type Alarm,
  type AlarmKind,
  type DriftOf,
  driftIn,
  isDrift,
  type OtherAlarmKind,
} from '../../shared/monitoring.ts'
import { milliseconds, plural } from '../format.ts'
import { gigabytes, index, percent } from './units.ts'

const faelle = (n: number) => plural(n, 'Fall', 'Fälle')
const ausFaellen = (n: number) => plural(n, 'Fall', 'Fällen')
const signed = (n: number | null) => plural(n ?? 0, 'signierten Beurteilung', 'signierten Beurteilungen')

const LOOK = 'Sehen Sie das Bild vor der Antwort an, und verlassen Sie sich nicht auf die Antwort.'
const SUBJECTS: Record<DriftOf, string> = {
  confidence: 'Die Konfidenz der KI',
  labels: 'Die Mischung der Antworten',
  size: 'Die Größe der Bilder',
  brightness: 'Die Helligkeit der Bilder',
  contrast: 'Der Kontrast der Bilder',
  sharpness: 'Die Schärfe der Bilder',
  noise: 'Das Rauschen der Bilder',
  head: 'Der Anteil des Kopfes am Bild',
  distance: 'Der Abstand der Bilder von den Trainingsbildern',
}

const FOUND: Record<OtherAlarmKind, (alarm: Alarm) => string> = {
  agreement: ({ value, limit, n }) =>
    `Die KI stimmt bei ${percent(value)} von ${signed(n)} überein; die Grenze ist ${percent(limit)}.`,
  missed: ({ value, limit, n }) =>
    `Von ${plural(n ?? 0, 'signierten Tumor', 'signierten Tumoren')} nannte die KI ${percent(value)} „kein Tumor“; die Grenze ist ${percent(limit)}.`,
  unjudged: ({ value, limit, n }) =>
    `Die KI beurteilt ${percent(value)} von ${ausFaellen(n ?? 0)} nicht; die Grenze ist ${percent(limit)}.`,
  far: ({ value, limit, n }) =>
    `${percent(value)} von ${plural(n ?? 0, 'Bild', 'Bildern')} sind ferner von den Trainingsbildern als fast alle, an denen das Modell erprobt wurde; die Grenze ist ${percent(limit)}.`,
  inference: ({ value, limit, n }) =>
    `Eine von zwanzig Antworten dauert länger als ${milliseconds(value)} (${faelle(n ?? 0)}); die Grenze ist ${milliseconds(limit)}.`,
  disk: ({ value, limit }) =>
    `Auf der Platte mit dem Datenordner sind noch ${gigabytes(value)} frei; die Grenze ist ${gigabytes(limit)}.`,
}

export function found(alarm: Alarm): string {
  const { kind, value, limit, n } = alarm
  if (!isDrift(kind)) return FOUND[kind](alarm)
  const { what, from } = driftIn(kind)
  const since = from === 'first' ? 'hat sich geändert, seit das Modell hier neu war' : `ist nicht ${trainedAs(what)}`
  return `${SUBJECTS[what]} ${since}: Index ${index(value)} über ${faelle(n ?? 0)}, Grenze ${index(limit)}.`
}

/** A model is surer of its own training images, and nearer to them, than of any others. */
const trainedAs = (what: DriftOf) =>
  what === 'confidence' || what === 'distance'
    ? 'wie auf den Bildern, an denen es erprobt wurde'
    : 'wie im Trainingsdatensatz'

const INPUT =
  'Vielleicht kommen andere Geräte, Sequenzen oder Exporte herein als zuvor: Die Antworten können schlechter sein, als die Modellkarte sagt.'
const UNLIKE =
  'Was hereinkommt, ist anders als das, woraus das Modell gelernt hat: Die Zahlen seiner Karte gelten hier vielleicht nicht. Signieren Sie Fälle, damit die Übereinstimmung hier gemessen wird.'
const ADVICE: Record<OtherAlarmKind, string> = {
  agreement: LOOK,
  missed: 'Nehmen Sie „kein Tumor“ nicht als Antwort: Befunden Sie diese Bilder, als gäbe es keine.',
  unjudged:
    'Öffnen Sie einige davon (Filter „Nicht beurteilt“ der Arbeitsliste), und sehen Sie die Gründe an: Vielleicht kommt eine andere Sequenz, Körperregion oder ein anderer Export herein.',
  far: UNLIKE,
  inference:
    'Schließen Sie andere Programme auf diesem Rechner, oder halten Sie ein Training an. Die Antworten bleiben so richtig, wie sie sind.',
  disk: 'Machen Sie auf dieser Platte Platz. Ist sie voll, kann keine Aufnahme geöffnet werden; nichts Gespeichertes geht verloren.',
}

export function todo(kind: AlarmKind): string {
  if (!isDrift(kind)) return ADVICE[kind]
  const { what, from } = driftIn(kind)
  if (from === 'training') return UNLIKE
  return what === 'labels'
    ? 'Vielleicht kommen andere Patienten, oder das Modell irrt mehr in eine Richtung als zuvor. Signieren Sie Fälle, damit die Übereinstimmung gemessen werden kann.'
    : INPUT
}
