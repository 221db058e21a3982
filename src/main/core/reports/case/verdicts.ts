import type { CaseDetail, Second, VerdictRecord } from '../../../../shared/cases.ts'
import { moment } from '../../../../shared/moment.ts'
import { inFull } from '../in-full.ts'
import { type Line, lineHeight, type Sheet, type TextStyle } from '../sheet.ts'
import type { Words } from '../words.ts'
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
  const { words } = sheet
  const texts = words.texts.case.verdict
  const saysOf = (says: Says) => textOf(says, detail, words)
  const [standing, ...earlier] = verdicts
  const flow = (text: string, style: TextStyle, indent = 0): FlowLine[] =>
    sheet.wrap(text, width - indent, style).map((line) => ({ text: line, indent, ...style }))
  const beside = second ? secondLines(second, { flow, who, saysOf, texts }) : []
  if (!standing) return second?.withheld ? beside : [...flow(texts.none, HEADING), ...beside]
  return [
    ...flow(
      second?.adjudicated?.verdictId === standing.id ? texts.adjudicated(saysOf(standing)) : saysOf(standing),
      HEADING,
    ),
    ...flow(`${who(standing.reader)}, ${moment(standing.createdAt)}; ${standingOf(standing, who, texts)}`, BODY),
    ...(standing.comment === '' ? [] : flow(standing.comment, BODY)),
    ...beside,
    ...(earlier.length === 0 ? [] : flow(texts.earlier, { ...EARLIER, bold: true })),
    ...earlier.flatMap((verdict) => [
      ...flow(
        `${moment(verdict.createdAt)}, ${who(verdict.reader)}: ${saysOf(verdict)}${wasSigned(verdict, who, texts)}`,
        EARLIER,
      ),
      ...(verdict.comment === '' ? [] : flow(verdict.comment, EARLIER, INDENT)),
    ]),
  ]
}

type Who = (name: string) => string
type Texts = Words['texts']['case']['verdict']

/** How texts of a report are made. */
interface Means {
  flow: Flow
  who: Who
  saysOf(says: Says): string
  texts: Texts
}

type Flow = (text: string, style: TextStyle, indent?: number) => FlowLine[]

/** What two readers come to; what is kept from who gets the report is not in it. */
function secondLines({ reading, adjudicated, withheld }: Second, { flow, who, saysOf, texts }: Means): FlowLine[] {
  const kept = withheld ? flow(texts.kept, HEADING) : []
  if (!reading) return [...kept, ...flow(texts.marked, BODY)]
  return [
    ...flow(texts.second(saysOf(reading)), { ...BODY, bold: true }),
    ...flow(texts.unknowing(who(reading.reader), moment(reading.at)), BODY),
    ...(reading.comment === '' ? [] : flow(reading.comment, BODY)),
    ...(adjudicated ? flow(texts.adjudicatedBy(who(adjudicated.reader), moment(adjudicated.at)), BODY) : []),
  ]
}

type Says = Pick<VerdictRecord, 'verdict' | 'label' | 'resultId'>

/** With what the reader agrees, where the answer that they saw is the standing one. */
function textOf({ verdict, label: said, resultId }: Says, { result }: CaseDetail, words: Words): string {
  const agreed = verdict === 'agree' && result?.id === resultId ? result.label : null
  const label = said ?? agreed
  return label ? `${words.verdicts[verdict]}: ${words.verdictLabels[label]}` : words.verdicts[verdict]
}

/** A draft may still be changed by its reader; what was signed is only ever superseded, and says why. */
function standingOf({ signature }: VerdictRecord, who: Who, texts: Texts): string {
  if (!signature) return texts.draft
  const { signer, at, reason } = signature
  return `${texts.signed(who(signer), moment(at))}${reason === '' ? '' : texts.because(reason)}`
}

const wasSigned = ({ signature }: VerdictRecord, who: Who, texts: Texts): string =>
  signature ? ` (${texts.signed(who(signature.signer), moment(signature.at))})` : ''

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
