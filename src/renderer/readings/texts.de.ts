import type { Translated } from '../../shared/language.ts'
import { changes, heads } from '../../shared/use-words.de.ts'
import { number, plural } from '../format.ts'
import { german as second } from '../review/second-texts.de.ts'
import type { readingTexts } from './texts.ts'

const befundungen = (n: number) => plural(n, 'Befundung', 'Befundungen')

/** From here on a share is worth reading without its interval. */
const ENOUGH = 30

export const german: Translated<typeof readingTexts> = {
  second,
  changes: {
    title: 'Wie die KI Befunde verändert hat',
    back: 'Arbeitsliste',
    period: 'Signiert',
    periods: {
      any: 'irgendwann',
      '30': 'in den letzten 30 Tagen',
      '90': 'in den letzten 90 Tagen',
      '365': 'im letzten Jahr',
    },
    whose: (of) => (of === null ? 'Aller Befunder' : 'Ihre eigenen'),
    count: (n, known) =>
      n === 0 ? '' : `${befundungen(n)}, wahrer Befund bekannt bei ${number(known)} von ${number(n)}`,
    what: 'Eine Befundung zählt, wenn vor der Antwort ein Ersteindruck festgehalten wurde und derselbe Befunder danach signierte: eine erste Beurteilung, wie sie zuerst signiert wurde, oder ein Zweitbefund. Fälle, die auf einen Zweitbefund warten, bleiben außen vor, ebenso die Beispiele, aus denen das Modell gelernt hat.',
    truth:
      'Der wahre Befund ist nur bekannt, wo zwei Befunder abwichen und ein Drittbefund entschied: schwere Fälle, und entschieden von jemandem, der die Antwort ebenfalls sah. Über die anderen sagt er nichts.',
    few: (n) => `Nur ${befundungen(n)}: Lesen Sie die Intervalle, nicht die Anteile.`,
    isFew: (n) => n < ENOUGH,
    none: 'Noch gibt es keine solche Befundung.',
    noneText:
      'Lassen Sie Befunder vor der Antwort einen Ersteindruck festhalten (Kontomenü, oder Verwaltung › Einstellungen für die ganze Abteilung). Was sie danach signieren, zählt hier.',
    unknown: 'Bei keiner ist der wahre Befund bekannt.',
    loadFailed: 'Die Befundungen konnten nicht gezählt werden.',
    outcome: 'Ersteindruck und signierte Beurteilung',
    worth: 'Gemessen am Drittbefund',
    changes,
    truths: {
      better: 'Zum Besseren: falsch, dann richtig',
      worse: 'Zum Schlechteren: richtig, dann falsch',
      'still-right': 'Vorher und nachher richtig',
      'still-wrong': 'Vorher und nachher falsch',
    },
    columns: { n: 'Befundungen', share: 'Anteil', interval: heads.interval },
    byReader: 'Nach Befunder',
    byMonth: 'Nach Monat',
    reader: 'Befunder',
    month: heads.month,
    short: {
      n: 'Befundungen',
      unchanged: 'Unverändert',
      towards: 'Zur KI',
      away: 'Von der KI weg',
      elsewhere: 'Anderswohin',
    },
    known: 'Wahrer Befund bekannt',
    better: 'Besser',
    worse: 'Schlechter',
    source: (at) =>
      `Gezählt ${at} aus dem Bestand dieser Installation. Intervalle: Wilson-Score, J. Am. Stat. Assoc. 22 (1927) 209–212.`,
  },
}
