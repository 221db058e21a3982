import { formatConfidence } from '../../shared/labels.ts'
import type { Translated } from '../../shared/language.ts'
import { fixed } from '../../shared/language.ts'
import { labels, scopes } from '../../shared/words.de.ts'
import type { stackTexts } from './stack-texts.ts'

const schichten = (n: number) => `${n} ${nameOf(n, false)}`

const wholeOf = (frames: boolean) => (frames ? 'Datei' : 'Serie')

const nameOf = (n: number, frames: boolean) => {
  if (frames) return n === 1 ? 'Einzelbild' : 'Einzelbilder'
  return n === 1 ? 'Schicht' : 'Schichten'
}

export const german: Translated<typeof stackTexts> = {
  title: (frames) => (frames ? 'Einzelbilder' : 'Schichten'),
  place: (at, length, frames) => `${frames ? 'Einzelbild' : 'Schicht'} ${at + 1} von ${length}`,
  mm: (value) => `${fixed(value, 1)} mm`,
  loading: (at, frames) => `${frames ? 'Einzelbild' : 'Schicht'} ${at + 1} wird geladen`,
  answer: ({ scope, label, confidences }) => {
    if (scope !== 'counted') return `Nicht gezählt: ${scopes[scope]}`
    return label && confidences ? `${labels[label]} ${formatConfidence(confidences[label])}` : ''
  },
  chart: (frames) => `Tumorwahrscheinlichkeit entlang der ${frames ? 'Einzelbilder' : 'Schichten'}`,
  chartKept: (frames) => `${nameOf(2, frames)}; ihre Wahrscheinlichkeiten erscheinen nach Ihrem Ersteindruck`,
  notCounted: 'Nicht gezählt',
  notCountedToo: 'nicht gezählt',
  decided: 'Entschied',
  rule: 'Wie aus den Schichten eine Antwort wird',
  table: 'Wahrscheinlichkeiten der Schichten',
  tableFolded: 'Die Schichten',
  folded: (frames) =>
    `Was das Netz zu den einzelnen ${frames ? 'Bildern' : 'Schichten'} sagt, ist eingeklappt: Das Modell beurteilt die ${wholeOf(frames)} nicht.`,
  numbersOf: (at, length, frames) =>
    `Diese gehören nur zu ${nameOf(1, frames)} ${at + 1} von ${length}: Die ${wholeOf(frames)} hat keine.`,
  columns: { slice: 'Schicht', mm: 'mm', counts: 'Zählt', decided: 'Entschied' },
  yes: 'ja',
  play: 'Abspielen',
  pause: 'Anhalten',
  rate: 'Schichten je Sekunde',
  perSecond: (rate) => `${rate}/s`,
  ends: 'An den Enden',
  bounce: 'Hin und her',
  loop: 'Von vorn',
  calm: 'Ihr System wünscht wenig Bewegung: Es läuft langsam und nur einmal.',
  most: 'Verdächtigste',
  noneCounted: 'Keine Schicht steht für die Serie: Das Modell beurteilt sie nicht.',
  noSeries: 'Das ist keine Serie: Es gibt keine Wahrscheinlichkeiten entlang der Schichten.',
  noMore: {
    '-1': 'Weiter vorn im Schichtstapel wird keine Schicht Tumor genannt.',
    1: 'Weiter hinten im Schichtstapel wird keine Schicht Tumor genannt.',
  },
  suspicious: {
    '-1': 'Schicht weiter vorn im Schichtstapel, die die KI Tumor nennt',
    1: 'Schicht weiter hinten im Schichtstapel, die die KI Tumor nennt',
  },
  counted: (slices, counted, frames) => `${slices} ${nameOf(slices, frames)}, ${counted} gezählt`,
  deciding: (first, last, frames) =>
    first === last
      ? `${nameOf(1, frames)} ${first + 1} entschied`
      : `${nameOf(2, frames)} ${first + 1}–${last + 1} entschieden`,
  ofFrame: (frame, frames) => `Die Antwort gilt nur für Einzelbild ${frame} von ${frames}.`,
  askFrame: (frame) => `KI zu Einzelbild ${frame} fragen`,
  askingFrame: 'KI wird gefragt …',
  frameAlone: (frame) => `Nur Einzelbild ${frame}`,
  frameBeside: 'kein Teil der Antwort',
  frameNotJudged: (reasons) => `Die KI beurteilt dieses Einzelbild nicht. ${reasons}.`,
  toFrame: (frame) => `Einzelbild ${frame} zeigen`,
  alone: (at, frames) => `Nur ${nameOf(1, frames)} ${at + 1}`,
  aloneConfidences: 'Konfidenz je Klasse, nur diese Schicht',
  onScreen: 'auf dem Bildschirm',
  decidedToo: 'eine der entscheidenden',
  seriesFailed: 'Die Schichten konnten nicht aufgelistet werden',
  notJudged: 'Das Modell beurteilt diese Serie nicht',
  waiting: 'Wird ausgewertet',

  compare: 'Vergleichen',
  compareTitle: 'Mit einer anderen Serie vergleichen',
  compareWith: 'Daneben',
  compareBar: 'Die Serie daneben',
  nothingBeside: 'Neben dieser liegt keine andere Serie.',
  closeBeside: 'Andere Serie schließen',
  beside: 'Serie daneben',
  besideOf: (name) => `Andere Serie, ${name}`,
  slices: schichten,
  slicesComing: (n) => `${schichten(n)}, es kommen weitere`,
  noPriors: 'Es gibt keine andere Serie dieses Patienten (nach Patienten-ID und Name).',
  noName: 'ohne Namen',
  noPatientId: 'ohne ID',
  otherPatient: (name, id) =>
    `Die Serie daneben ist laut ihren Dateien nicht vom selben Patienten: ${name}, ID ${id}. Nicht vergleichen.`,
  noId: 'Die Dateien nennen keine Patienten-ID, über die andere Serien zu finden wären.',
  sameStudy: 'gleiche Studie',
  noDate: 'ohne Datum',
  inStep: 'Im Gleichschritt',
  inStepBy: {
    scanner: 'nach mm im Gerät',
    mm: 'nach mm von hier',
    share: 'nach Anteil des Schichtstapels',
  },
  inStepWhy: {
    scanner: 'Beide Serien sagen, wo sie im System desselben Geräts liegen.',
    mm: 'Beide sind gleich geschnitten, aber der Patient lag anders: Es geht nach mm von den zwei Schichten aus, die beim Einschalten auf dem Bildschirm waren. Aus, eine passend blättern, wieder ein.',
    share:
      'Sie sind verschieden geschnitten oder sagen nicht, wo sie liegen: Die Mitte der einen liegt neben der Mitte der anderen.',
  },
  oneWindow: 'Eine Fensterung',
  oneWindowWhy: 'Fensterbreite und -lage beider ändern sich gemeinsam, jede von ihrer eigenen aus.',
}
