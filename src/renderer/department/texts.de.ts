import type { Station } from '../../shared/department.ts'
import type { Translated } from '../../shared/language.ts'
import { plural } from '../format.ts'
import type { departmentTexts } from './texts.ts'

const states: Record<Station['state'], string> = {
  works: 'Arbeitet',
  rests: 'Ruht',
  silent: 'Antwortet nicht',
}
const hints: Record<Station['state'], string> = {
  works: 'Er nimmt Fälle aus der Warteschlange.',
  rests: 'Er ist offen und nimmt keine Fälle: Das geltende Modell ist dort nicht verwendbar oder wird gerade geladen.',
  silent:
    'Er endete ohne ein Wort, oder das Netz zu ihm ist unterbrochen. Was er in Arbeit hatte, übernehmen die anderen.',
}

export const german: Translated<typeof departmentTexts> = {
  title: 'Arbeitsplätze',
  text: 'Sie teilen die Aufzeichnungen und die Arbeit daran: Wer Zeit hat, analysiert die nächste Aufnahme.',
  columns: {
    name: 'Arbeitsplatz',
    state: 'Zustand',
    active: 'Fälle in Arbeit',
    processor: 'Prozessor',
    memory: 'Speicher',
    heard: 'Zuletzt gemeldet',
  },
  here: 'dieser',
  leads: 'übernimmt die Nebenarbeiten: überwachte Ordner, Empfang, Senden, Aufbewahrung',
  states,
  hints,
  cores: (share: number) => `${Math.round(share * 100)} %`,
  waiting: 'Warten',
  underWay: 'In Analyse',
  rate: 'Fertig je Minute',
  oldest: 'Der älteste wartet',
  putAside: 'Zurückgestellt',
  putAsideText:
    'Kein Arbeitsplatz wurde mit diesen Fällen fertig, obwohl jeder mehrmals versucht wurde: oft eine Datei, an der die Analyse abbricht. Sie sind als empfangen aufgezeichnet.',
  more: (n: number) => `… und ${plural(n, 'weiterer', 'weitere')}.`,
  retry: 'Erneut versuchen',
  retried: (n: number) => `${plural(n, 'Fall ist', 'Fälle sind')} wieder in der Warteschlange.`,
  since: 'zurückgestellt',
}
