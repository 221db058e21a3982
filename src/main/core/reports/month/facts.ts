import { moment } from '../../../../shared/moment.ts'
import { MARGIN } from '../sheet.ts'
import type { ModelInMonth, MonthReport } from './data.ts'
import type { Flow } from './flow.ts'
import { count, NONE } from './words.ts'

const NAME_WIDTH = 92
const DAY_MS = 86_400_000

/** What the report is of. */
export function drawFacts(flow: Flow, report: MonthReport): void {
  for (const [name, value] of factsOf(report)) {
    const { sheet } = flow
    const place = { x: MARGIN + NAME_WIDTH, width: sheet.inner - NAME_WIDTH, size: 9, bold: true }
    const lines = sheet.wrap(value, place.width, place)
    flow.need(lines.length * 13)
    sheet.line(name, { x: MARGIN, y: flow.y, width: NAME_WIDTH - 8, size: 9 })
    flow.y = sheet.lines(lines, { ...place, y: flow.y }) + 2
  }
}

function factsOf(report: MonthReport): [string, string][] {
  const { from, until, over, at, department, installation, models, own } = report
  const last = new Date(Date.parse(until) - DAY_MS).toISOString()
  const days = `${from.slice(0, 10)} to ${last.slice(0, 10)} (UTC)`
  const { answers, signed } = own.all
  return [
    ['Department', department === '' ? NONE : department],
    ['Installation', installation],
    ['Month', over ? days : `${days}, so far: it is not over`],
    ['Counted', moment(at)],
    ...models.map((model, i): [string, string] => [i === 0 ? 'Model in force' : 'then', inWords(model)]),
    ['Cases', `${count(answers)} answered, ${count(signed)} of them signed`],
  ]
}

function inWords({ id, name, weights, activated }: ModelInMonth): string {
  const since = activated
    ? `in force since ${moment(activated.at)}, by ${activated.by}`
    : 'as it came with Gyrus, before any was put in force'
  const named = name === null ? id : `${id} (${name})`
  return [named, weights && `weights SHA-256 ${weights.slice(0, 12)}…`, since].filter(Boolean).join('; ')
}
