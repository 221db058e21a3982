import { caseCode } from '../../../../shared/case-code.ts'
import type { CaseDetail } from '../../../../shared/cases.ts'
import type { DicomFacts } from '../../../../shared/dicom.ts'
import { moment } from '../../../../shared/moment.ts'
import { isOfFrames, type Series, withoutCount } from '../../../../shared/series.ts'
import { drawQr } from '../qr.ts'
import { MARGIN, type Sheet } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { CaseReport } from './data.ts'
import { sliceName } from './series.ts'

const QR_SIDE = 96
const ROW = 25

/** Patient, study and file on the left, the code by which the case is found again on the right. Returns where it ends. */
export function drawFacts(sheet: Sheet, report: CaseReport, y: number): number {
  const { detail } = report
  const facts = factsOf(report, sheet.words)
  const column = (sheet.inner - QR_SIDE - 12) / 2
  facts.forEach(([name, value], i) => {
    const place = { x: MARGIN + (i % 2) * column, width: column - 10 }
    const top = y + Math.floor(i / 2) * ROW
    sheet.line(name, { ...place, y: top, size: 7 })
    sheet.line(value, { ...place, y: top + 8.5, size: 9.5, bold: i < 2 })
  })
  if (detail.dicom) drawUids(sheet, detail.dicom, { x: MARGIN, y: y + 4 * ROW, width: 2 * column - 10 })
  const x = sheet.width - MARGIN - QR_SIDE
  drawQr(sheet, detail.id.toUpperCase(), x, y - 4, QR_SIDE)
  const under = { x, width: QR_SIDE, align: 'center' } as const
  sheet.line(caseCode(detail.id), { ...under, y: y + QR_SIDE - 8, size: 11, bold: true })
  sheet.line(sheet.words.texts.case.facts.search, { ...under, y: y + QR_SIDE + 6, size: 6 })
  return y + Math.max(Math.ceil(facts.length / 2) * ROW, QR_SIDE + 18)
}

/** What the hospital's systems know the images by. */
function drawUids(sheet: Sheet, dicom: DicomFacts, { x, y, width }: { x: number; y: number; width: number }): void {
  const texts = sheet.words.texts.case.facts
  const { accessionNumber, studyUid, seriesUid, instanceUid } = dicom
  const ids = [
    [texts.accession, accessionNumber],
    [texts.studyUid, studyUid],
    [texts.seriesUid, seriesUid],
    [texts.instanceUid, instanceUid],
  ] as const
  ids.forEach(([name, id], i) => {
    const place = { x: x + (i % 2) * (width / 2), y: y + Math.floor(i / 2) * 8.6, width: width / 2 - 6, size: 6.4 }
    sheet.line(`${name} ${shortId(id) || texts.missing}`, place, `${name} ${id || texts.missing}`)
  })
}

/** Beginning and end: in between, makers count rooms and machines. */
const shortId = (id: string): string => (id.length <= 36 ? id : `${id.slice(0, 12)}…${id.slice(-23)}`)

type Facts = Words['texts']['case']['facts']

function factsOf({ detail, series, picture }: CaseReport, words: Words): [name: string, value: string][] {
  const texts = words.texts.case.facts
  const key = series?.slices[series.key]
  return [
    [texts.patient, detail.patientName ?? texts.missing],
    [texts.patientId, detail.patientId ?? texts.missing],
    [texts.studyDate, detail.studyDate ?? texts.missing],
    [texts.description, series ? describedSeries(detail, texts) : (detail.description ?? texts.missing)],
    series
      ? stackOf(series, detail, texts)
      : [`${texts.file}${sliceOf(detail, texts)}${editedOf(detail, texts)}`, detail.fileName],
    key ? [texts.imageShown, sliceName(key, words)] : [texts.image, imageOf(detail, picture, texts)],
    [texts.received, `${moment(detail.receivedAt)}, ${detail.receivedBy}`],
    [texts.status, words.states[detail.state]],
  ]
}

/** How many slices a series has stands below; that more are coming does not. */
function describedSeries({ description }: CaseDetail, texts: Facts): string {
  if (description === null) return texts.missing
  const { text, slices } = withoutCount(description)
  if (slices === null) return description
  return [text, slices.coming ? texts.coming : ''].filter(Boolean).join(' · ') || texts.missing
}

function stackOf(series: Series, { fileName }: CaseDetail, texts: Facts): [name: string, value: string] {
  const frames = isOfFrames(series)
  const name = frames ? texts.file : texts.series
  return [name, `${fileName}: ${texts.stack(series.slices.length, series.counted, frames)}`]
}

const editedOf = ({ editedFrom }: CaseDetail, texts: Facts): string =>
  editedFrom ? texts.editedFrom(caseCode(editedFrom.caseId)) : ''

const sliceOf = ({ series }: CaseDetail, texts: Facts): string =>
  series?.place == null ? '' : texts.ofSeries(series.place, series.slices, caseCode(series.id))

function imageOf({ scan }: CaseDetail, picture: CaseReport['picture'], texts: Facts): string {
  if (!scan) return texts.noCopy
  const { format, width, height } = scan
  const size = width === null || height === null ? [] : [`${width} × ${height} px`]
  const kind =
    picture && 'png' in picture
      ? [picture.channels === 3 ? texts.colour : texts.grey, texts.bits(picture.bitsPerSample)]
      : []
  const known = [...(format === null ? [] : [format.toUpperCase()]), ...size, ...kind]
  return known.length > 0 ? known.join(', ') : texts.notKnown
}
