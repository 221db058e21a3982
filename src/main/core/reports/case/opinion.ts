import type { Result } from '../../../../shared/cases.ts'
import { blindSpotOf, headerCautions, isSpread, meaningless } from '../../../../shared/cautions.ts'
import { cautionsIn, reasonsIn, setInWords } from '../../../../shared/input-gate.ts'
import { calledFirst, formatConfidence, type Label } from '../../../../shared/labels.ts'
import type { ModelCard } from '../../../../shared/model.ts'
import { moment } from '../../../../shared/moment.ts'
import { isOfFrames } from '../../../../shared/series.ts'
import type { Line, Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { CaseReport } from './data.ts'
import { figuresOf } from './figures.ts'

type Column = Pick<Line, 'x' | 'y' | 'width'>

/** What the model says, how sure it is of each label, what must be said with it, and which model it was. Returns where it ends. */
export function drawOpinion(sheet: Sheet, report: CaseReport, column: Column): number {
  sheet.line(sheet.words.texts.case.opinion.title, { ...column, size: 8.5, bold: true, tag: 'H2' })
  const below = { ...column, y: column.y + 15 }
  const { result } = report.detail
  return result ? drawResult(sheet, report, result, below) : drawNoResult(sheet, report, below)
}

function drawResult(sheet: Sheet, report: CaseReport, result: Result, column: Column): number {
  const { words } = sheet
  const { label } = result
  if (label === null) return drawNotJudged(sheet, report, result, column)
  let y = drawWarning(sheet, warningOf(report, result, words), column)
  const top = { ...column, size: 15, bold: true } as const
  sheet.line(words.labels[label], { ...top, y, width: column.width - 60 })
  sheet.line(formatConfidence(result.confidences[label], words.language), { ...top, y, align: 'right' })
  y += 25
  for (const one of calledFirst(label, result.confidences)) y = drawBar(sheet, one, result, { ...column, y })
  const set = setInWords(result.set, result.confidences, words)
  if (set !== null) {
    y = sheet.paragraph(set, { ...column, y: y + 2, size: 8.5, bold: true })
    y = sheet.paragraph(`${words.setWords.why}.`, { ...column, y: y + 1, size: 7 }) + 1
  }
  y = sheet.paragraph(cautionOf(report, result, { label, words }), { ...column, y: y + 3, size: 7.5 })
  return drawModel(sheet, report, result, { ...column, y: y + 5 })
}

/** Neither a label nor numbers that could be read as one. */
function drawNotJudged(sheet: Sheet, report: CaseReport, result: Result, column: Column): number {
  const { words } = sheet
  const notJudged = report.series && !isOfFrames(report.series) ? words.seriesNotJudged : words.notJudged
  let y = sheet.paragraph(notJudged, { ...column, size: 12, bold: true })
  for (const reason of reasonsIn(result.gate, words))
    y = sheet.paragraph(`${reason}.`, { ...column, y: y + 3, size: 9 })
  y = sheet.paragraph(words.texts.case.opinion.nothing, { ...column, y: y + 6, size: 9 })
  return drawModel(sheet, report, result, { ...column, y: y + 5 })
}

/** What the input gate says, and that the model is sure of none; of results from before there was one, what makes the answer meaningless. */
function warningOf({ picture, detail }: CaseReport, { gate, set }: Result, words: Words): string | null {
  const cautions = cautionsIn({ gate, set }, words)
  if (gate !== null) return cautions.length > 0 ? words.texts.case.opinion.caution(cautions.join('. ')) : null
  const shown = picture && 'png' in picture ? picture : null
  return meaningless(shown, detail.dicom?.modality ?? '', words.cautions)
}

/** Comes before the answer, in a frame. */
function drawWarning(sheet: Sheet, warning: string | null, column: Column): number {
  if (warning === null) return column.y
  const inside = { x: column.x + 6, y: column.y + 3, width: column.width - 12, size: 8.5, bold: true }
  const end = sheet.paragraph(warning, inside)
  sheet.frame(column.x, column.y, column.width, end - column.y + 3, 1.2)
  return end + 7
}

/** A frame of the whole width is 1: the black in it is the confidence, which stands beside it as a number. */
function drawBar(sheet: Sheet, label: Label, { label: said, confidences }: Result, { x, y, width }: Column): number {
  const { labels, language } = sheet.words
  const confidence = confidences[label]
  const number = 34
  const length = width - number
  const bold = label === said
  sheet.line(labels[label], { x, y, width: length, size: 8.5, bold })
  sheet.line(formatConfidence(confidence, language), { x, y: y + 9.2, width, size: 8.5, bold, align: 'right' })
  sheet.artefact((doc) => {
    doc.rect(x, y + 12, length * confidence, 7).fill('#000')
    doc
      .lineWidth(0.6)
      .rect(x, y + 12, length, 7)
      .stroke('#000')
  })
  return y + 22
}

function cautionOf(
  { card, detail, series }: CaseReport,
  { confidences }: Result,
  { label, words: { cautions } }: { label: Label; words: Words },
): string {
  const spread = isSpread(label, confidences) ? [cautions.spread(1 - confidences.notumor)] : []
  const blind = card && blindSpotOf(card.tumourSensitivity)
  const spot = blind ? [cautions.blindSpot(1 - blind.sensitivity, blind.n)] : []
  // Those of a series, and of frames, stand with their strip.
  const header = series ? [] : headerCautions(detail.dicom, cautions)
  return [...spread, ...header, cautions.madeFor, cautions.notHealthy, ...spot].join(' ')
}

function drawModel(sheet: Sheet, { card }: CaseReport, result: Result, column: Column): number {
  const texts = sheet.words.texts.case.opinion
  const name = card ? texts.modelOf(card.name, card.id, card.version, card.date) : result.modelId
  const parts = [
    texts.model(name, result.weightsSha256.slice(0, 12), moment(result.createdAt)),
    ...(card ? figuresIf(result, card, sheet.words) : [texts.noCard]),
  ]
  let { y } = column
  for (const part of parts) y = sheet.paragraph(part, { ...column, y, size: 7 }) + 1
  return y
}

/** How often it was right says nothing of what it does not judge. */
const figuresIf = ({ label }: Result, card: ModelCard, words: Words): string[] =>
  label === null ? [] : figuresOf(card, words)

function drawNoResult(sheet: Sheet, { detail, series }: CaseReport, column: Column): number {
  const { failure, state } = detail
  const open = state === 'received' || state === 'listed'
  const texts = sheet.words.texts.case.opinion
  const waiting = open ? texts.waiting : texts.none
  const failed = series ? texts.seriesFailed : texts.failed
  let y = sheet.paragraph(failure ? failed : waiting, { ...column, size: 12, bold: true })
  if (!failure) return y
  const { message, action, code } = sheet.words.failure(failure)
  y = sheet.paragraph(message, { ...column, y: y + 4, size: 9 })
  y = sheet.paragraph(action, { ...column, y: y + 2, size: 9 })
  y = sheet.paragraph(texts.code(code), { ...column, y: y + 2, size: 8 })
  return sheet.paragraph(texts.nothing, { ...column, y: y + 6, size: 9 })
}
