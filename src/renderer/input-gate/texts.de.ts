import type { Translated } from '../../shared/language.ts'
import { notJudged, seriesNotJudged } from '../../shared/words.de.ts'
import type { inputGateTexts } from './texts.ts'

export const german: Translated<typeof inputGateTexts> = {
  notJudged,
  seriesNotJudged,
  readIt: 'Befunden Sie es selbst, und geben Sie einen eigenen Befund ab.',
  caution: 'Vorsicht',
  reasons: 'Warum',
  numbers: 'Zahlen des Netzes zeigen',
  worthNothing:
    'Das Netz gibt solche Zahlen zu jedem Bild. Bei einem, das das Modell nicht beurteilt, besagen sie nichts.',
  noAnswer:
    'Das Modell beurteilt dieses Bild nicht: Es gibt nichts, dem Sie zustimmen könnten. Geben Sie einen eigenen Befund ab.',
  seriesNoAnswer:
    'Das Modell beurteilt diese Serie nicht: Es gibt nichts, dem Sie zustimmen könnten. Geben Sie einen eigenen Befund ab.',
}
