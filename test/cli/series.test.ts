import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openReadStore } from '../../src/main/store/index.ts'
import { GATE_REASONS } from '../../src/shared/input-gate.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../src/shared/series.ts'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { copyRealSlices, REAL, REAL_SLICE } from '../support/series.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const SERIES_UID = '1.2.826.0.1.3680043.2.1143.515404396022363061013111326823367652'

function gyrus(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  return { status, stderr, lines: stdout.split('\n').filter(Boolean) }
}

needsShared(REAL_SLICE)
it.skipIf(REAL_SLICE === null)(
  'tells of series that were put together, in classify, cases and tables',
  async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const on = ['--data-dir', dataDir]
    const classified = gyrus('classify', copyRealSlices(REAL.suspicious), '--json', ...on)
    expect(classified.status).toBe(0)
    const told = classified.lines.map((line) => JSON.parse(line))
    expect(told).toHaveLength(6)
    const series = told[5]
    expect(told.filter(({ file }) => file !== undefined)).toHaveLength(5)
    expect(series).toMatchObject({
      ...{ series: SERIES_UID, status: 'analysed', slices: 5, counted: 5, rule: SERIES_RULE.id },
      deciding: ['N2D_0144.dcm', 'N2D_0156.dcm', 'N2D_0192.dcm'],
      cautions: [SERIES_CAUTIONS.untested, SERIES_CAUTIONS.contrast, SERIES_CAUTIONS.split],
    })
    expect(series.confidences[series.label]).toBe(Math.max(...Object.values<number>(series.confidences)))
    const id = series.case

    const listed = gyrus('cases', '--json', ...on).lines.map((line) => JSON.parse(line))
    expect(listed).toMatchObject([{ id, slices: 5 }])
    expect(gyrus('cases', ...on).lines[1]).toContain('Series 401 (5 slices)')
    const shown = gyrus('cases', 'show', id, ...on)
    expect(shown.lines.join('\n')).toContain(`5 slices, 5 counted. Rule neighbours-2: ${SERIES_RULE.text}`)
    expect(shown.lines.filter((line) => line.endsWith(' counted *'))).toHaveLength(3)
    const asJson = JSON.parse(gyrus('cases', 'show', id, '--json', ...on).lines[0] ?? '')
    expect(asJson).toMatchObject({ id, series: { slices: { length: 5 }, deciding: [0, 1, 2], key: 2 } })

    const store = openReadStore(join(dataDir, 'gyrus.sqlite'))
    const [batch] = await store.listBatches(null, 1)
    const acts = (await store.timelineOf(id)).map(({ act, series: of }) => [act, of])
    await store.close()
    expect(acts.slice(0, 3)).toEqual([
      ['case.received', null],
      ['case.grouped', { slices: 5, counted: null }],
      ['case.analysed', { slices: 5, counted: 5 }],
    ])
    const batchId = batch?.id ?? ''
    expect(JSON.parse(gyrus('batches', 'show', batchId, '--json', ...on).lines[0] ?? '')).toMatchObject({
      series: [{ id, files: 5 }],
    })
    const table = join(temporaryFolder(), 'table.csv')
    expect(gyrus('batches', 'export', batchId, '--format', 'csv', '--output', table, ...on).status).toBe(0)
    const [head = '', ...rows] = readFileSync(table, 'utf8').trim().split('\r\n')
    const column = head.split(',').indexOf('Series (case)')
    expect(rows.map((row) => row.split(',')[column])).toEqual(Array(5).fill(id))
  },
  120_000,
)

it.skipIf(REAL_SLICE === null)(
  'says in words what is not judged and what must be said with a series, and puts none together without a record',
  () => {
    const on = ['--data-dir', join(temporaryFolder(), 'data')]
    const { status, lines, stderr } = gyrus('classify', copyRealSlices(REAL.unlike), ...on)
    expect([status, lines.length]).toEqual([0, 5])
    expect(lines[4]).toContain('series not judged')
    expect(lines[4]).toContain(`${GATE_REASONS.few}; ${GATE_REASONS.unlike}  Series 401: 4 slices, 0 counted`)
    expect(stderr).toContain(`Of series: ${SERIES_CAUTIONS.untested}`)
    const { id } = JSON.parse(gyrus('cases', '--json', ...on).lines[0] ?? '')
    const shown = gyrus('cases', 'show', id, ...on).lines
    // Numbers of single slices, where none may be believed, are for who asks.
    expect(shown.at(-1)).toContain('means nothing')
    const probability = /^ +\d+ .* \d\.\d\d /
    expect(shown.filter((line) => probability.test(line))).toEqual([])
    const numbers = gyrus('cases', 'show', id, '--numbers', ...on).lines
    expect(numbers.filter((line) => probability.test(line))).toHaveLength(REAL.unlike.length)
    const unlogged = gyrus('classify', copyRealSlices(REAL.unlike), '--no-log', ...on)
    expect(unlogged.lines).toHaveLength(4)
  },
  120_000,
)

it.skipIf(REAL_SLICE === null)(
  'has a series that was only listed classified as a whole',
  async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    const folder = copyRealSlices(REAL.calm)
    const rule = { ...DEFAULT_RULE, does: 'list' as const }
    for (const name of readdirSync(folder)) {
      await core.intake.bring({ path: join(folder, name) }, { actor: 'folder:in', source: 'folder' }, rule)
    }
    await core.series.settle()
    // One row, and its slices are known.
    const { rows } = await core.store.listCases(anyCase, 0, 10)
    expect(rows).toMatchObject([{ state: 'listed', fileName: 'Series 401' }])
    expect(await core.store.seriesOf(rows[0]?.id ?? '')).toMatchObject({ slices: { length: REAL.calm.length } })
    await close()
    const on = ['--data-dir', dataDir]
    const done = gyrus('cases', 'classify', rows[0]?.id ?? '', '--json', ...on)
    expect(done.status, done.stderr).toBe(0)
    expect(done.lines.map((line) => JSON.parse(line))).toMatchObject([
      { state: 'analysed', series: { slices: REAL.calm.length } },
    ])
    const again = gyrus('cases', 'classify', rows[0]?.id ?? '', ...on)
    expect(again.status).not.toBe(0)
    expect(again.stderr).toContain('case-not-listed')
  },
  120_000,
)
