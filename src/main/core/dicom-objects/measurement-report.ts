import { BANNER, type Label, type VerdictLabel } from '../../../shared/labels.ts'
import { answerNotes, toldLabels } from './answer.ts'
import { CODES, type Code, FINDINGS } from './codes.ts'
import { all, type ContentItem, codeOf, containerOf, imageOf, numberOf, textOf, uidOf } from './content.ts'
import { momentOf } from './moment.ts'
import { deviceObserver, personObserver } from './observers.ts'
import { summaryText } from './series-summary.ts'
import { longText, oneLine } from './text.ts'
import type { AiResult, ReaderVerdict, ResultInput, Source } from './types.ts'
import { derivedUid } from './uid.ts'

/**
 * TID 1500 Measurement Report (PS3.16), as IHE's AI Results profile wants results: what the model says is one measurement
 * group (TID 1501), what the reader says is another, each with who observed it. There is one finding a group, never one a
 * label: a system that lists findings must not list three tumours that nobody sees.
 */
export function measurementReport(input: ResultInput): ContentItem {
  const { source, verdict, installation } = input
  const observers = [...deviceObserver(installation), ...(verdict ? personObserver(verdict, installation) : [])]
  const groups = [algorithmGroup(input), ...(verdict ? [readerGroup(input, verdict)] : [])]
  return containerOf(CODES.measurementReport, [
    ...all('HAS CONCEPT MOD', [codeOf(CODES.language, CODES.english)]),
    ...all('HAS OBS CONTEXT', observers),
    ...all('HAS CONCEPT MOD', [codeOf(CODES.procedure, CODES.brainMri)]),
    ...all('CONTAINS', [
      textOf(CODES.comment, BANNER),
      imageLibrary(source),
      containerOf(CODES.measurements, all('CONTAINS', groups)),
    ]),
  ])
}

/** TID 1600. */
function imageLibrary({ images, modality, frameOfReferenceUid }: Source): ContentItem {
  const entry = all('HAS ACQ CONTEXT', [
    ...(modality === 'MR' ? [codeOf(CODES.modality, ['MR', 'DCM', 'Magnetic Resonance'])] : []),
    ...(frameOfReferenceUid ? [uidOf(CODES.frameOfReference, frameOfReferenceUid)] : []),
  ])
  const group = containerOf(
    CODES.imageLibraryGroup,
    all(
      'CONTAINS',
      images.map((image) => imageOf(CODES.sourceOfMeasurement, image, entry)),
    ),
  )
  return containerOf(CODES.imageLibrary, all('CONTAINS', [group]))
}

function algorithmGroup({ source, result, installation }: ResultInput): ContentItem {
  const algorithm = all('HAS CONCEPT MOD', algorithmIdentification(result))
  const notes = answerNotes(result)
  const method = result.series ? CODES.softmaxMean : CODES.softmax
  const probabilities = toldLabels(result).map((label) =>
    numberOf(CODES.probability, result.confidences[label], CODES.noUnits, [
      ...all('HAS CONCEPT MOD', [findingOf(CODES.associatedFinding, label), codeOf(CODES.method, method)]),
      ...algorithm,
    ]),
  )
  const children = [
    ...all('HAS OBS CONTEXT', [
      ...tracking('Result of the algorithm', derivedUid(installation.id, 'result', result.id)),
      ...deviceObserver(installation),
    ]),
    ...all('CONTAINS', result.label ? [findingOf(CODES.finding, result.label)] : []),
    ...algorithm,
    ...all('CONTAINS', [
      ...probabilities,
      ...images(source),
      ...(notes.length > 0 ? [textOf(CODES.comment, notes.join('\r\n'))] : []),
      ...(result.series ? [textOf(CODES.comment, summaryText(result.series))] : []),
    ]),
  ]
  return containerOf(CODES.group, children, momentOf(result.at, installation.utcOffsetMinutes).dateTime)
}

function readerGroup({ source, result, installation }: ResultInput, verdict: ReaderVerdict): ContentItem {
  const comment = longText(verdict.comment)
  const children = [
    ...all('HAS OBS CONTEXT', [
      ...tracking("Reader's verdict", derivedUid(installation.id, 'verdict', verdict.id)),
      ...personObserver(verdict, installation),
    ]),
    ...all('CONTAINS', [
      readerFinding(verdict, result.label),
      ...images(source),
      codeOf(CODES.verdict, CODES[verdict.verdict]),
      ...(comment ? [textOf(CODES.comment, comment)] : []),
    ]),
  ]
  return containerOf(CODES.group, children, momentOf(verdict.at, installation.utcOffsetMinutes).dateTime)
}

/** What it is by the reader; without a label of their own, where they agree, what the model says. */
function readerFinding({ verdict, label }: ReaderVerdict, ofModel: Label | null): ContentItem {
  if (verdict === 'agree' && ofModel) return findingOf(CODES.finding, ofModel)
  if ((verdict === 'disagree' || verdict === 'own') && label) return findingOf(CODES.finding, label)
  return codeOf(CODES.finding, CODES.undetermined)
}

function findingOf(name: Code, label: VerdictLabel): ContentItem {
  const ofWhat = codeOf(CODES.associatedFinding, CODES.intracranialTumour)
  return codeOf(name, FINDINGS[label], label === 'notumor' ? all('HAS CONCEPT MOD', [ofWhat]) : [])
}

const tracking = (id: string, uid: string): ContentItem[] => [
  textOf(CODES.trackingId, id),
  uidOf(CODES.trackingUid, uid),
]

const images = ({ images: seen }: Source): ContentItem[] =>
  seen.map((image) => imageOf(CODES.sourceOfMeasurement, image))

/** TID 4019. */
const algorithmIdentification = ({ algorithm, model, series }: AiResult): ContentItem[] => [
  textOf(CODES.algorithmName, oneLine(algorithm.name, 64)),
  textOf(CODES.algorithmVersion, oneLine(algorithm.version, 64)),
  textOf(CODES.algorithmParameters, `model=${model.id}`),
  textOf(CODES.algorithmParameters, `weights-sha256=${model.weightsSha256}`),
  ...(series ? [textOf(CODES.algorithmParameters, `series-rule=${series.rule.id}`)] : []),
]
