import { type CaseDetail, type Second, VERDICT_NAMES, type VerdictRecord } from '../../../../shared/cases.ts'
import { VERDICT_LABEL_NAMES } from '../../../../shared/labels.ts'
import { moment } from '../../../../shared/moment.ts'
import { inFull } from '../in-full.ts'
import { type Line, lineHeight, type Sheet, type TextStyle } from '../sheet.ts'
import type { CaseReport } from './data.ts'

/** A line that flows: from the first page's room for verdicts to further pages where it does not suffice. */
export interface FlowLine extends TextStyle {
  text: string
  /** From the left, pt. */
  indent: number
}

const HEADING = { size: 11, bold: true, tag: 'P' } as const
const BODY = { size: 9 } as const
const EARLIER = { size: 8 } as const
const INDENT = 12

/** The standing verdict with its comment, the second reading, then earlier verdicts, as lines of at most `width`. */
export function verdictLines(
  sheet: Sheet,
  { detail, fullNames }: Pick<CaseReport, 'detail' | 'fullNames'>,
  width: number,
): FlowLine[] {
  const { verdicts, secondReading: second } = detail
  const who = (name: string) => inFull(name, fullNames)
  const saysOf = (says: Says) => textOf(says, detail)
  const [standing, ...earlier] = verdicts
  const flow = (text: string, style: TextStyle, indent = 0): FlowLine[] =>
    sheet.wrap(text, width - indent, style).map((line) => ({ text: line, indent, ...style }))
  const beside = second ? secondLines(second, { flow, who, saysOf }) : []
  if (!standing) return second?.withheld ? beside : [...flow('No verdict is on record.', HEADING), ...beside]
  return [
    ...flow(
      second?.adjudicated?.verdictId === standing.id ? `${saysOf(standing)} (adjudicated)` : saysOf(standing),
      HEADING,
    ),
    ...flow(`${who(standing.reader)}, ${moment(standing.createdAt)}; ${standingOf(standing, who)}`, BODY),
    ...(standing.comment === '' ? [] : flow(standing.comment, BODY)),
    ...beside,
    ...(earlier.length === 0 ? [] : flow('Earlier verdicts, superseded:', { ...EARLIER, bold: true })),
    ...earlier.flatMap((verdict) => [
      ...flow(
        `${moment(verdict.createdAt)}, ${who(verdict.reader)}: ${saysOf(verdict)}${wasSigned(verdict, who)}`,
        EARLIER,
      ),
      ...(verdict.comment === '' ? [] : flow(verdict.comment, EARLIER, INDENT)),
    ]),
  ]
}

type Who = (name: string) => string

/** How texts of a report are made. */
interface Means {
  flow: Flow
  who: Who
  saysOf(says: Says): string
}

type Flow = (text: string, style: TextStyle, indent?: number) => FlowLine[]

/** What two readers come to; what is kept from who gets the report is not in it. */
function secondLines({ reading, adjudicated, withheld }: Second, { flow, who, saysOf }: Means): FlowLine[] {
  const kept = withheld ? flow('What the first reader says is kept from you until the second reading.', HEADING) : []
  if (!reading) return [...kept, ...flow('Marked for a second reader, who has not read it yet.', BODY)]
  return [
    ...flow(`Second reading: ${saysOf(reading)}`, { ...BODY, bold: true }),
    ...flow(`${who(reading.reader)}, ${moment(reading.at)}, without knowing the first`, BODY),
    ...(reading.comment === '' ? [] : flow(reading.comment, BODY)),
    ...(adjudicated ? flow(`Adjudicated by ${who(adjudicated.reader)}, ${moment(adjudicated.at)}`, BODY) : []),
  ]
}

type Says = Pick<VerdictRecord, 'verdict' | 'label' | 'resultId'>

/** With what the reader agrees, where the answer that they saw is the standing one. */
function textOf({ verdict, label: said, resultId }: Says, { result }: CaseDetail): string {
  const agreed = verdict === 'agree' && result?.id === resultId ? result.label : null
  const label = said ?? agreed
  return label ? `${VERDICT_NAMES[verdict]}: ${VERDICT_LABEL_NAMES[label]}` : VERDICT_NAMES[verdict]
}

/** A draft may still be changed by its reader; what was signed is only ever superseded, and says why. */
function standingOf({ signature }: VerdictRecord, who: Who): string {
  if (!signature) return 'a draft, not signed'
  const { signer, at, reason } = signature
  return `signed by ${who(signer)}, ${moment(at)}${reason === '' ? '' : `, amended because: ${reason}`}`
}

const wasSigned = ({ signature }: VerdictRecord, who: Who): string =>
  signature ? ` (signed by ${who(signature.signer)}, ${moment(signature.at)})` : ''

/** How many of the lines fit into `height`. */
export function fitting(lines: FlowLine[], height: number): number {
  let used = 0
  const over = lines.findIndex(({ size }) => {
    used += lineHeight(size)
    return used > height
  })
  return over < 0 ? lines.length : over
}

/** Draws lines one under the other. Returns where they end. */
export function drawFlow(sheet: Sheet, lines: FlowLine[], place: Pick<Line, 'x' | 'y' | 'width'>): number {
  let { y } = place
  for (const { text, indent, ...style } of lines) {
    y = sheet.lines([text], { ...style, x: place.x + indent, width: place.width - indent, y })
  }
  return y
}
