import { CAUTIONS } from '../../shared/cautions.ts'
import { milliseconds, number } from '../format.ts'

/** A case; part of `texts`. */
export const reviewTexts = {
  title: 'Review',
  back: 'Work list',
  backToBatch: 'Batch',
  neighbours: 'Neighbouring cases',
  place: (position: number, total: number, more: boolean) =>
    `${number(position + 1)} of ${more ? 'more than ' : ''}${number(total)}`,
  previous: 'Previous case',
  next: 'Next case',
  first: 'This is the first case of the list.',
  last: 'This is the last case of the list.',
  dismissTitle: 'Dismiss this case',
  dismissText: 'It leaves the work list without a verdict, and stays on record: the audit trail finds it.',
  image: 'Image',
  imageOf: (name: string) => `MRI slice ${name}`,
  opinion: 'Second opinion',
  confidences: 'Confidence for each label',
  madeFor: CAUTIONS.madeFor,
  caution: CAUTIONS.notHealthy,
  blindSpot: CAUTIONS.blindSpot,
  readIn: (ms: number) => `analysed in ${milliseconds(ms)}`,
  times: (decode: number, preprocess: number, inference: number) =>
    `Decoding ${milliseconds(decode)}, preparing ${milliseconds(preprocess)}, model ${milliseconds(inference)}`,
  model: 'Model',
  card: 'Model card',
  otherModel: (id: string) => `Analysed by ${id}; the card shown is for the current model.`,
  sameScan: (n: number) =>
    n === 1 ? 'The same file was opened before:' : `The same file was opened ${n} other times:`,
  otherBytes: (n: number) =>
    `${n === 1 ? 'Another file says' : `${n} other files say`} that ${n === 1 ? 'it is' : 'they are'} this very image (the same SOP Instance UID), with other bytes: check which one is right.`,
  received: 'Received',
  waitingTitle: 'Being analysed',
  waitingText: 'The result appears here by itself.',
  waitingImage: 'The image appears when the scan has been analysed.',
  failedTitle: 'This scan could not be read',
  unknownTitle: 'This case cannot be shown',
  noResult: 'There is no second opinion for this case.',
  loadingImage: 'Loading the image',
  unseen: 'No verdict can be given as long as the image cannot be shown. What you began is kept.',
  imageFailedTitle: 'The image could not be shown',
}
