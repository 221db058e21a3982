import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCore } from '../../src/main/compose.ts'
import { type Facts, type Logged, logFolder, openLog, placesOf } from '../../src/main/log.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Facts)

test('a log is rotated, keeps so many files, and can be read by its owner only', () => {
  const folder = join(temporaryFolder(), 'state', 'logs')
  const note = openLog(folder, { bytes: 1000, files: 3 })
  for (let n = 0; n < 100; n++) note('batch', { n })
  expect(readdirSync(folder).sort()).toEqual(['gyrus.1.log', 'gyrus.2.log', 'gyrus.log'])
  const kept = ['gyrus.2.log', 'gyrus.1.log', 'gyrus.log'].flatMap((name) => linesOf(join(folder, name)))
  expect(kept.at(-1)).toMatchObject({ what: 'batch', n: 99, pid: process.pid })
  const numbers = kept.map(({ n }) => n as number)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  for (const name of readdirSync(folder)) {
    const { size, mode } = statSync(join(folder, name))
    expect(size).toBeLessThanOrEqual(1000)
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600)
  }
})

test('it takes words of the program, and no text that may name somebody', () => {
  const folder = temporaryFolder()
  const note = openLog(folder)
  const facts = {
    ...{ code: 'file-missing', at: 'dispatch.ts:30+index.ts:7', count: 3, version: 'v24.21.0' },
    ...{ text: 'Jane Doe', path: '/home/doe/scan.png', other: 'C:/doe/scan.png', up: '../doe.png', comma: 'Doe,Jane' },
    ...{ dicom: 'Doe^Jane', umlaut: 'Müller', quote: '"doe"' },
  }
  note('internal-error', facts)
  const [line] = linesOf(join(folder, 'gyrus.log'))
  const { code, at: _, count, version } = facts
  expect(line).toMatchObject({ code, count, version, text: '…', path: '…', other: '…', up: '…', comma: '…' })
  expect(line).toMatchObject({ dicom: '…', umlaut: '…', quote: '…' })
  expect(readFileSync(join(folder, 'gyrus.log'), 'utf8')).not.toMatch(/doe|müller/i)
})

test('of an error it takes where it came from, and not what it says', () => {
  const places = placesOf(new Error('the scan of Jane Doe'))
  expect(places).toMatch(/^log\.test\.ts:\d+/)
  expect(places).not.toMatch(/Jane/)
  expect(placesOf('Jane Doe')).toBe('unknown')
})

test('a log that cannot be written keeps nothing from working', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  expect(() => openLog(join(folder, 'file', 'logs'))('started')).not.toThrow()
})

test('it lies at the platform’s place, unless GYRUS_LOGS names another', () => {
  const named = process.env.GYRUS_LOGS
  expect(logFolder()).toBe(named)
  delete process.env.GYRUS_LOGS
  try {
    expect(logFolder()).toMatch(/Gyrus/)
  } finally {
    process.env.GYRUS_LOGS = named
  }
})

test('what nobody foresaw is logged by the request’s name and the places in the source', async () => {
  const told: [Logged, Facts | undefined][] = []
  const folder = join(temporaryFolder(), 'data')
  const { core, close } = await openCore(folder, { note: (what, facts) => told.push([what, facts]) })
  Object.defineProperty(core.accounts, 'require', { value: () => Promise.reject(new Error('Jane Doe')) })
  const reply = await core.request('cases.list', { query: {} }, { shell: 'loopback', connection: 'x' })
  expect(reply).toMatchObject({ failure: { code: 'internal' } })
  await close()
  const internal = told.find(([what]) => what === 'internal-error')?.[1]
  expect(internal).toMatchObject({ request: 'cases.list', at: expect.stringMatching(/^log\.test\.ts:\d+/) })
  expect(told.map(([what]) => what)).toEqual(expect.arrayContaining(['started', 'stopped']))
})
