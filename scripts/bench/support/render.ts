import { AREAS, type Bench, type Figure, type Row, reached } from './contract.ts'
import type { Results, Run, Section } from './results.ts'

const HEAD = `# Figures

\`npm run bench\` measures and writes this page and \`docs/bench.json\`, from which it is made; \`npm run bench -- NAME\` measures some of it again and
leaves the rest, \`npm run bench -- --list\` tells what there is. They are ratios and times of one machine, not promises, and load beside them is work of
others that made them worse. What was tried, what was learned and older figures are in [bench-history.md](bench-history.md); whether memory stays flat
for hours is what \`npm run soak\` looks at.
`

/** The page of figures. The same results give the same bytes. */
export function renderPage(results: Results, benches: readonly Bench[]): string {
  const parts = [HEAD, runsTable(results)]
  for (const [area, title] of Object.entries(AREAS)) {
    const own = benches.filter((bench) => bench.area === area)
    if (own.length === 0) continue
    parts.push(`## ${title}\n`, ...own.map((bench) => renderSection(bench, results)))
  }
  return `${parts.join('\n').trimEnd()}\n`
}

function runsTable({ runs }: Results): string {
  if (runs.length === 0) return 'Nothing has been measured since the page is made by the command.\n'
  const lines = runs.map((run, at) => {
    const { cores, processor, memoryGb, system } = run.machine
    const versions = Object.entries(run.versions).map(([name, version]) => `${name} ${version}`)
    const commit = `${run.commit}${run.changed ? ' and changes' : ''}`
    const machine = `${cores} × ${processor}, ${memoryGb} GB, ${system}`
    return `| ${at + 1} | ${dayOf(run)} | ${machine} | ${commit} | ${loadText(run.load)} | ${versions.join(', ')} |`
  })
  return `${table(['run', 'date', 'machine', 'commit', 'load at start → end', 'versions'], lines)}\n`
}

function renderSection({ name, title, question }: Bench, { runs, sections }: Results): string {
  const head = `### ${title}\n\n${question} (\`npm run bench -- ${name}\`)\n`
  const section = sections[name]
  if (!section) return `${head}\nNot measured yet.\n`
  const at = runs.findIndex(({ id }) => id === section.run)
  const run = runs[at]
  const when = `Run ${at + 1}${run ? `, ${dayOf(run)}` : ''}`
  if (section.notRun !== null) return `${head}\n${when}: not run: ${section.notRun}.\n`
  const remarks = section.remarks.length > 0 ? `\n${section.remarks.join(' ')}\n` : ''
  return `${head}\n${when}${detailsOf(section)}.\n\n${renderRows(section.rows)}${remarks}`
}

/** Sizes, versions, load and time, as they follow the run. */
function detailsOf({ sizes, versions, load, seconds }: Section): string {
  const chosen = Object.entries(sizes).map(([size, value]) => `${size} ${grouped(value)}`)
  const others = Object.entries(versions).map(([what, version]) => `${what} ${version}`)
  const parts = [...chosen, ...others, `load ${loadText(load)}`, `${grouped(Math.round(seconds))} s in all`]
  return parts.map((part) => `; ${part}`).join('')
}

/** Rows as tables in Markdown: a new one wherever figures have other names or units. */
export function renderRows(rows: readonly Row[]): string {
  const tables: Row[][] = []
  for (const row of rows) {
    const last = tables.at(-1)
    const alike = last?.[0] && shapeOf(last[0]) === shapeOf(row)
    if (last && alike) last.push(row)
    else tables.push([row])
  }
  return tables.map((same) => `${renderTable(same)}\n`).join('\n')
}

/** A row of one unnamed figure says its unit behind it, so that those of all units share a table. */
const shapeOf = ({ figures }: Row) => figures.map(({ of, unit }) => (of === '' ? '' : `${of}, ${unit}`)).join('|')

function renderTable(rows: Row[]): string {
  const named = (rows[0]?.figures ?? []).map(({ of, unit }) =>
    of === '' ? 'figure' : [of, unit].filter(Boolean).join(', '),
  )
  const aims = rows.some(({ figures }) => figures.some(({ aim }) => aim))
  const remarks = rows.some(({ remark }) => remark)
  const head = ['what', ...named, ...(aims ? ['aim', 'reached'] : []), ...(remarks ? ['remark'] : [])]
  const lines = rows.map((row) => {
    const cells = [row.what, ...row.figures.map(valueText)]
    if (aims) cells.push(row.figures.map(aimText).filter(Boolean).join('; '), reachedText(row))
    if (remarks) cells.push(row.remark ?? '')
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return table(head, lines)
}

const table = (head: string[], lines: string[]) =>
  [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n')

function valueText({ of, value, unit }: Figure): string {
  if (value === null) return '–'
  return of === '' ? `${numberText(value)}${unit ? ` ${unit}` : ''}` : numberText(value)
}

function aimText({ of, unit, aim }: Figure): string {
  if (!aim) return ''
  const text = 'most' in aim ? `≤ ${numberText(aim.most)}` : `≥ ${numberText(aim.least)}`
  return `${of ? `${of} ` : ''}${text}${unit ? ` ${unit}` : ''}`
}

/** Of a row: only where all of its aims are. */
function reachedText({ figures }: Row): string {
  const all = figures.map(reached).filter((one) => one !== null)
  if (all.length === 0) return ''
  return all.every(Boolean) ? 'yes' : '**no**'
}

/** Three digits, or all of those before the point. */
export function numberText(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) || size >= 100) return grouped(Math.round(value))
  return value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3)
}

const grouped = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
const dayOf = ({ id }: Run) => id.slice(0, 10)
const loadText = ([start, end]: [number, number]) => `${start.toFixed(1)} → ${end.toFixed(1)}`
