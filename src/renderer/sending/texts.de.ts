import type { Translated } from '../../shared/language.ts'
import { number, plural, shortMoment } from '../format.ts'
import type { sendingTexts } from './texts.ts'

export const german: Translated<typeof sendingTexts> = {
  to: (pacs) => `An ${pacs} senden`,
  asked: (pacs) => `Auf dem Weg zu ${pacs}. Der Stand wird beim Fall gezeigt.`,
  noPacs: 'Es ist kein PACS verbunden, an das gesendet werden könnte.',
  markWord: (n) => `${number(n)} nicht gesendet`,
  mark: (n) => `${number(n)} nicht gesendet: nicht im PACS angekommen`,
  title: 'Ergebnisse, die nicht im PACS angekommen sind',
  none: 'Alle zu sendenden Ergebnisse sind angekommen.',
  waiting: (n) => `${plural(n, 'Ergebnis ist', 'Ergebnisse sind')} unterwegs.`,
  loadFailed: 'Der Stand der Ergebnisse konnte nicht erfragt werden.',
  more: 'Nur die neuesten 100 werden gezeigt.',
  openCase: (code) => `Fall ${code}`,
  state: ({ state, pacsName, endedAt, failure, by, why }) => {
    if (state === 'sent')
      return `An ${pacsName} gesendet, ${shortMoment(endedAt ?? '')}${why === 'asked' ? `, ${by}` : ''}.`
    if (state === 'given-up') return `Nicht an ${pacsName} gesendet: aufgegeben.`
    if (state === 'superseded') return `Nicht an ${pacsName} gesendet: Ein späteres trat an seine Stelle.`
    return failure === null ? `Auf dem Weg zu ${pacsName}…` : `Nicht in ${pacsName} angekommen.`
  },
  again: (at) => `Nächster Versuch um ${shortMoment(at)}.`,
  tryNow: 'Jetzt versuchen',
  giveUp: 'Aufgeben',
  setting: {
    label: 'Nach der Signatur senden an',
    nowhere: 'Nirgendwohin',
    saved: (pacs) =>
      pacs === null
        ? 'Ergebnisse werden nirgendwohin von selbst gesendet.'
        : `Signierte Ergebnisse werden an ${pacs} gesendet.`,
  },
}
