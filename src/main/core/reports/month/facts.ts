import { moment } from '../../../../shared/moment.ts'
import { MARGIN } from '../sheet.ts'
import type { Words } from '../words.ts'
import type { ModelInMonth, MonthReport } from './data.ts'
import type { Flow } from './flow.ts'
import { NONE } from './words.ts'

const NAME_WIDTH = 92
const DAY_MS = 86_400_000

/** What the report is of. */
export function drawFacts(flow: Flow, report: MonthReport): void {
  const { sheet } = flow
  for (const [name, value] of factsOf(report, sheet.words.texts.month.facts)) {
    const place = { x: MARGIN + NAME_WIDTH, width: sheet.inner - NAME_WIDTH, size: 9, bold: true }
    const lines = sheet.wrap(value, place.width, place)
    flow.need(lines.length * 13)
    sheet.line(name, { x: MARGIN, y: flow.y, width: NAME_WIDTH - 8, size: 9 })
    flow.y = sheet.lines(lines, { ...place, y: flow.y }) + 2
  }
}

type Texts = Words['texts']['month']['facts']

function factsOf(report: MonthReport, texts: Texts): [string, string][] {
  const { from, until, over, at, department, installation, models, own } = report
  const last = new Date(Date.parse(until) - DAY_MS).toISOString()
  const days = texts.days(from.slice(0, 10), last.slice(0, 10))
  const { answers, signed } = own.all
  return [
    [texts.department, department === '' ? NONE : department],
    [texts.installation, installation],
    [texts.month, over ? days : texts.soFar(days)],
    [texts.counted, moment(at)],
    ...models.map((model, i): [string, string] => [i === 0 ? texts.model : texts.thenModel, inWords(model, texts)]),
    [texts.cases, texts.casesOf(answers, signed)],
  ]
}

function inWords({ id, name, version, weights, activated }: ModelInMonth, texts: Texts): string {
  const since = activated ? texts.since(moment(activated.at), activated.by) : texts.shipped
  const named = name === null ? id : texts.named(id, name, version ?? NONE)
  return [named, weights && texts.weights(weights.slice(0, 12)), since].filter(Boolean).join('; ')
}
