import { fixed } from '../../shared/language.ts'
import { moment } from '../../shared/moment.ts'
import { agreementInWords, NEARNESS_NAMES, type Neighbour, type SimilarCases } from '../../shared/similar.ts'
import { number } from '../format.ts'

/** Of images that are like the case; part of `texts`. */
export const similarTexts = {
  title: 'Similar images',
  searching: 'Similar images: searching…',
  failed: 'Similar images: none are shown',
  none: 'Similar images: there are none',
  told: (found: SimilarCases) => `Similar images: ${agreementInWords(found)}`,
  warning: ({ neighbours, disagreeing }: SimilarCases) =>
    `${disagreeing} of ${neighbours.length} nearest disagree with the prediction`,
  what: 'What the network takes for alike, nearest first, each of another patient as far as that is known. Its features are those of its answer: that neighbours agree does not prove the answer.',
  unknownKind: 'Tumour, kind unknown',
  disagrees: 'disagrees',
  distance: ({ distance, nearness }: Neighbour) =>
    nearness ? `${NEARNESS_NAMES[nearness]} (${distance.toFixed(1)})` : distance.toFixed(1),
  samePatient: 'same patient',
  training: 'Training image',
  signed: (at: string | null) => (at ? `Signed ${moment(at)}` : 'Signed'),
  whyNoPicture: (reasons: string[]) => `No picture: ${reasons.join(' ')}`,
  usual: ({ half, most }: NonNullable<SimilarCases['usual']>) =>
    `The number is the distance between the network’s features; it has no unit, and 0 is the same image. Of images that trained nothing half have their nearest image within ${fixed(half, 1)} (“${NEARNESS_NAMES.near}”), 95 of 100 within ${fixed(most, 1)} (“${NEARNESS_NAMES.usual}”), the others farther (“${NEARNESS_NAMES.far}”).`,
  from: ({ source, licence }: Neighbour) => (licence ? `${source} (${licence})` : source),
  compared: ({ compared, copies }: SimilarCases) =>
    `Compared with ${number(compared.training)} training images and ${number(compared.signed)} signed cases${
      copies === 0 ? '' : `; ${number(copies)} ${copies === 1 ? 'copy' : 'copies'} of this image left out`
    }.`,
  open: (label: string) => `Open the signed case: ${label}`,
}
