import { VERDICT_NAMES } from '../../../shared/cases.ts'
import { faithfulFigures, faithfulVerdict, heatNoteOf, METHOD_NAMES } from '../../../shared/heat-words.ts'
import { BANNER, formatConfidence, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../../../shared/labels.ts'
import type { Pixels, ResultCaption } from '../../../shared/result-picture.ts'
import type { Explanation } from '../../engine/protocol.ts'
import { answerNotes, toldLabels } from './answer.ts'
import { CODES, codeItem } from './codes.ts'
import { referenceOf } from './content.ts'
import type { DataSet } from './data-set.ts'
import {
  contentMoment,
  equipmentModule,
  KINDS,
  MANUFACTURER,
  referenceTo,
  seriesModule,
  sopModule,
  studyModules,
} from './modules.ts'
import { momentOf } from './moment.ts'
import { part10 } from './part10.ts'
import { keySliceText } from './series-summary.ts'
import type { MadeObject, ReaderVerdict, ResultInput } from './types.ts'
import { derivedUid } from './uid.ts'

export const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'

/**
 * What the picture says. Nothing of the patient: what is burnt in stays when a file is de-identified.
 *
 * @param map of the answer; null where there is none
 */
export function captionOf({ result, verdict, installation }: ResultInput, map: DrawnMap | null = null): ResultCaption {
  const when = (instant: string) => {
    const { dateTime: d } = momentOf(instant, installation.utcOffsetMinutes)
    return `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6, 8)} ${d.slice(8, 10)}:${d.slice(10, 12)} (UTC${d.slice(21)})`
  }
  return {
    banner: BANNER,
    title: `AI: ${result.label ? LABEL_NAMES[result.label] : 'not judged'}`,
    rows: toldLabels(result).map((label) => {
      const share = result.confidences[label]
      return { name: LABEL_NAMES[label], text: formatConfidence(share), share }
    }),
    notes: answerNotes(result).join(' · '),
    lines: [
      `${result.algorithm.name} ${result.algorithm.version}, model ${result.model.id}`,
      ...(result.series ? [keySliceText(result.series)] : []),
      `Answered ${when(result.at)}`,
      ...(verdict ? verdictLines(verdict, when) : ['Not read by a radiologist']),
    ],
    ...(map && { heat: heatOf(map) }),
  }
}

/** A heat map that was painted. */
export type DrawnMap = Explanation & { png: Uint8Array }

function heatOf({ png, label, method, faithfulness }: DrawnMap): NonNullable<ResultCaption['heat']> {
  const faithful = faithfulness?.faithful === true
  return {
    png,
    lines: [
      `${heatNoteOf(faithfulness)}.`,
      `Heat map of ${LABEL_NAMES[label]} by ${METHOD_NAMES[method]}; yellow is the most, the cross is the peak.`,
      ...(faithfulness && faithful ? [faithfulVerdict(faithfulness)] : []),
      ...(faithfulness ? [faithfulFigures(faithfulness)] : []),
    ],
    caution: faithfulness && !faithful ? faithfulVerdict(faithfulness) : null,
  }
}

function verdictLines(
  { verdict, label, reader, at, signed }: ReaderVerdict,
  when: (instant: string) => string,
): string[] {
  const instead = (verdict === 'disagree' || verdict === 'own') && label ? `, ${VERDICT_LABEL_NAMES[label]}` : ''
  return [
    `Reader: ${VERDICT_NAMES[verdict]}${instead}`,
    `${reader}, ${when(at)}`,
    signed ? `Signed by ${signed.by}, ${when(signed.at)}` : 'Not signed',
  ]
}

/**
 * A picture of image and result as a Secondary Capture, for viewers that show no SR; of a series, of its key slice. It
 * carries the banner and says so (Burned In Annotation YES). The same result with the same verdict in the same state has the same UID,
 * and another one with a heat map than without.
 *
 * @param picture RGB, drawn with `captionOf(input, map)`
 */
export async function secondaryCapture(
  input: ResultInput,
  picture: Pixels,
  map: DrawnMap | null = null,
): Promise<MadeObject> {
  const { source, result, verdict, predecessors, installation, at } = input
  const { width, height, data } = picture
  if (picture.channels !== 3 || data.length !== width * height * 3) throw new Error('a picture in RGB was expected')
  const state = verdict?.signed ? 'signed' : 'unsigned'
  const uid = derivedUid(
    installation.id,
    'SC',
    result.id,
    verdict?.id ?? '',
    state,
    ...(map ? [`heat ${map.method}`] : []),
  )
  const dataSet: DataSet = {
    ...studyModules(source),
    ...equipmentModule(installation),
    ...seriesModule(KINDS.picture, source, installation),
    // Not a paired part of the body: no laterality.
    BodyPartExamined: 'BRAIN',
    ConversionType: 'WSD',
    SecondaryCaptureDeviceManufacturer: MANUFACTURER,
    ...sopModule(SECONDARY_CAPTURE, uid, at, installation),
    InstanceNumber: String(predecessors.length + 1),
    PatientOrientation: [],
    ...contentMoment(at, installation),
    ImageType: ['DERIVED', 'SECONDARY'],
    DerivationDescription: `${BANNER}. Image${map ? ' and heat map' : ''} with the answer of ${result.algorithm.name}, model ${result.model.id}.`,
    SourceImageSequence: (result.series ? source.images.slice(0, 1) : source.images).map((image) => ({
      ...referenceOf(image),
      PurposeOfReferenceCodeSequence: [codeItem(CODES.sourceImage)],
    })),
    BurnedInAnnotation: 'YES',
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    Rows: height,
    Columns: width,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: evenly(data),
  }
  return { reference: referenceTo(dataSet), file: await part10(dataSet, installation.softwareVersion) }
}

/** Values have an even length (PS3.5 7.1.1). */
function evenly(data: Uint8Array): Uint8Array {
  const even = new Uint8Array(data.length + (data.length % 2))
  even.set(data)
  return even
}
