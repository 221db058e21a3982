import { moment } from '../../../../shared/moment.ts'
import { inFull } from '../in-full.ts'
import { MARGIN, type Sheet } from '../sheet.ts'
import { zoneOf } from '../zone.ts'
import type { CaseReport } from './data.ts'

const SIGNATURE = 52
const AUDIT = 44

/** Where the first page's foot begins, and what is on every page's. */
export const footTop = (sheet: Sheet, height = SIGNATURE + AUDIT): number => sheet.height - 26 - height

/** Who signed the standing verdict; a line to sign on where nobody did. */
export function drawSignature(sheet: Sheet, { detail, fullNames }: CaseReport): void {
  const signature = detail.verdicts[0]?.signature ?? null
  const texts = sheet.words.texts.case.foot
  const y = footTop(sheet)
  sheet.rule(y)
  const half = sheet.inner / 2
  const fields = signature
    ? [texts.signedBy(inFull(signature.signer, fullNames)), texts.signedAt(moment(signature.at))]
    : [texts.signature, texts.placeAndDate]
  for (const [i, field] of fields.entries()) {
    const x = MARGIN + i * half
    const width = half - 16
    if (signature) sheet.line(field, { x, y: y + 14, width, size: 11, bold: true })
    else drawBlank(sheet, field, { x, y: y + 38, width })
  }
}

/** A line to write on, with what to write under it. */
function drawBlank(sheet: Sheet, field: string, { x, y, width }: { x: number; y: number; width: number }): void {
  sheet.artefact((doc) => {
    doc
      .lineWidth(0.6)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke('#000')
  })
  sheet.line(field, { x, y: y + 1, width, size: 7 })
}

/** Which case and scan this is, and the place in the audit record to which the report is true. */
export function drawTrace(sheet: Sheet, report: CaseReport, version: string, at: Date): void {
  const { detail, audit, madeFor } = report
  const { common, case: texts } = sheet.words.texts
  const { foot } = texts
  const y = footTop(sheet, AUDIT)
  sheet.rule(y)
  const scan = detail.scan ? foot.scan(detail.scan.sha256) : foot.noScan
  const lines = [
    foot.case(detail.id, scan),
    foot.audit(audit.sequence, audit.act, moment(audit.at), audit.hash),
    common.made(version, madeFor, moment(at.toISOString()), zoneOf(at)),
    ...(sheet.replacedNote === null ? [] : [sheet.replacedNote]),
  ]
  for (const [i, text] of lines.entries()) {
    sheet.line(text, { x: MARGIN, y: y + 3 + i * 9.4, width: sheet.inner, size: 6.4 })
  }
}
