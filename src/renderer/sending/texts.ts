import type { Sending } from '../../shared/sending.ts'
import { number, plural, shortMoment } from '../format.ts'

/** What is told of results on their way to a PACS; part of `texts`. */
export const sendingTexts = {
  to: (pacs: string) => `Send to ${pacs}`,
  asked: (pacs: string) => `On its way to ${pacs}. How it stands is told beside the case.`,
  noPacs: 'No PACS is connected that it could be sent to.',
  markWord: (n: number) => `${number(n)} not sent`,
  mark: (n: number) => `${number(n)} not sent: not arrived at the PACS`,
  title: 'Results that have not arrived at the PACS',
  none: 'All results that were to be sent have arrived.',
  waiting: (n: number) => `${plural(n, 'result is', 'results are')} on the way.`,
  loadFailed: 'How results stand on their way could not be asked.',
  more: 'Only the newest 100 are shown.',
  openCase: (code: string) => `Case ${code}`,
  state: ({ state, pacsName, endedAt, failure, by, why }: Sending): string => {
    if (state === 'sent')
      return `Sent to ${pacsName}, ${shortMoment(endedAt ?? '')}${why === 'asked' ? `, ${by}` : ''}.`
    if (state === 'given-up') return `Not sent to ${pacsName}: given up.`
    if (state === 'superseded') return `Not sent to ${pacsName}: a later one took its place.`
    return failure === null ? `On its way to ${pacsName}…` : `Not arrived at ${pacsName}.`
  },
  again: (at: string) => `It is tried again at ${shortMoment(at)}.`,
  tryNow: 'Try now',
  giveUp: 'Give up',
  setting: {
    label: 'After the signature, send to',
    nowhere: 'Nowhere',
    saved: (pacs: string | null) =>
      pacs === null ? 'Results are sent nowhere by themselves.' : `Signed results are sent to ${pacs}.`,
  },
}
