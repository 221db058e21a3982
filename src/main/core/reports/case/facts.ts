import { caseCode } from '../../../../shared/case-code.ts'
import { type CaseDetail, STATE_NAMES } from '../../../../shared/cases.ts'
import type { DicomFacts } from '../../../../shared/dicom.ts'
import { moment } from '../../../../shared/moment.ts'
import { isOfFrames, type Series } from '../../../../shared/series.ts'
import { drawQr } from '../qr.ts'
import { MARGIN, type Sheet } from '../sheet.ts'
import type { CaseReport } from './data.ts'
import { sliceName } from './series.ts'

const QR_SIDE = 96
const ROW = 25
const MISSING = 'not in the file'

/** Patient, study and file on the left, the code by which the case is found again on the right. Returns where it ends. */
export function drawFacts(sheet: Sheet, report: CaseReport, y: number): number {
  const { detail } = report
  const facts = factsOf(report)
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
  sheet.line('type it into the search of Gyrus', { ...under, y: y + QR_SIDE + 6, size: 6 })
  return y + Math.max(Math.ceil(facts.length / 2) * ROW, QR_SIDE + 18)
}

/** What the hospital's systems know the images by. */
function drawUids(sheet: Sheet, dicom: DicomFacts, { x, y, width }: { x: number; y: number; width: number }): void {
  const { accessionNumber, studyUid, seriesUid, instanceUid } = dicom
  const ids = [
    ['Accession number', accessionNumber],
    ['Study UID', studyUid],
    ['Series UID', seriesUid],
    ['Instance UID', instanceUid],
  ] as const
  ids.forEach(([name, id], i) => {
    const place = { x: x + (i % 2) * (width / 2), y: y + Math.floor(i / 2) * 8.6, width: width / 2 - 6, size: 6.4 }
    sheet.line(`${name} ${shortId(id) || MISSING}`, place, `${name} ${id || MISSING}`)
  })
}

/** Beginning and end: in between, makers count rooms and machines. */
const shortId = (id: string): string => (id.length <= 36 ? id : `${id.slice(0, 12)}…${id.slice(-23)}`)

function factsOf({ detail, series, picture }: CaseReport): [name: string, value: string][] {
  const key = series?.slices[series.key]
  return [
    ['Patient', detail.patientName ?? MISSING],
    ['Patient ID', detail.patientId ?? MISSING],
    ['Study date', detail.studyDate ?? MISSING],
    ['Description', detail.description ?? MISSING],
    series ? stackOf(series, detail) : [`File${sliceOf(detail)}${editedOf(detail)}`, detail.fileName],
    key ? ['Image shown', sliceName(key)] : ['Image', imageOf(detail, picture)],
    ['Received', `${moment(detail.receivedAt)}, ${detail.receivedBy}`],
    ['Status', STATE_NAMES[detail.state]],
  ]
}

function stackOf(series: Series, { fileName }: CaseDetail): [name: string, value: string] {
  const [name, slices] = isOfFrames(series) ? ['File', 'frames'] : ['Series', 'slices']
  return [name, `${fileName}: ${series.slices.length} ${slices}, ${series.counted} counted`]
}

const editedOf = ({ editedFrom }: CaseDetail): string =>
  editedFrom ? ` – edited picture of the case ${caseCode(editedFrom.caseId)}, an experiment` : ''

const sliceOf = ({ series }: CaseDetail): string =>
  series?.place == null ? '' : ` (slice ${series.place + 1} of ${series.slices} of the series ${caseCode(series.id)})`

function imageOf({ scan }: CaseDetail, picture: CaseReport['picture']): string {
  if (!scan) return 'no copy was kept'
  const { format, width, height } = scan
  const size = width === null || height === null ? [] : [`${width} × ${height} px`]
  const kind =
    picture && 'png' in picture ? [picture.channels === 3 ? 'colour' : 'grey', `${picture.bitsPerSample} bit`] : []
  const known = [...(format === null ? [] : [format.toUpperCase()]), ...size, ...kind]
  return known.length > 0 ? known.join(', ') : 'not known'
}
