import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { check } from '../../scripts/torture/check.ts'
import { wrongInBatches } from '../../scripts/torture/check-batches.ts'
import { torture } from '../../scripts/torture/index.ts'
import { makeRecord } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writePicture } from '../support/images.ts'
import { addBatch } from '../support/screens.ts'
import { copyOf, tamper } from '../support/spoil.ts'

/** `npm run torture` does it 200 times, on real slices. */
it.for([false, true])(
  'killed at random moments (encrypted: %s), Gyrus loses nothing that it acknowledged, has each file of a batch once, and its trail stays sound',
  { timeout: 240_000 },
  async (encrypted, { skip }) => {
    if (process.platform !== 'linux') skip('not run: finds the engine’s process in /proc')
    const folder = temporaryFolder()
    const images = join(folder, 'images')
    mkdirSync(images)
    for (let seed = 0; seed < 60; seed++) await writePicture(images, `${1000 + seed}.png`, seed)
    const rounds: { results: number; command: string }[] = []
    const onRound = (round: { results: number; command: string }) => void rounds.push(round)
    // The third and the fourth round are in the running app.
    const how = { rounds: encrypted ? 4 : 6, seed: 13, longest: 5_000, encrypted, onRound }
    const wrong = await torture({ images, dataDir: join(folder, 'data'), ...how })
    expect(wrong).toEqual([])
    expect(rounds.length).toBeGreaterThan(0)
    expect(rounds.some(({ command }) => command.startsWith('app'))).toBe(true)
  },
)

it('a record that was killed before its first tables has lost nothing, and later on all', () => {
  const dataDir = temporaryFolder()
  new SQLite(join(dataDir, 'gyrus.sqlite')).close()
  const of = { dataDir, images: dataDir, key: null }
  const nothing = { acknowledged: [], uploaded: [] }
  expect(check(of, new Map(), nothing)).toEqual({ wrong: [], now: new Map() })
  expect(check(of, new Map([[1, '{}']]), nothing).wrong).toEqual([expect.stringContaining('lost')])
})

it('a file of a batch that is lost, has no case or two, is told', async () => {
  const folder = temporaryFolder()
  const images = join(folder, 'images')
  mkdirSync(images)
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(images, `${name}.png`), '')
  const record = await makeRecord(folder)
  const batch = await addBatch(record)
  const wrongAfter = (change: string, uploaded: { batch: string; file: string }[] = []) => {
    const copy = copyOf(record, 'changed')
    tamper(copy, (sqlite) => sqlite.exec(change))
    const sqlite = new SQLite(copy, { readonly: true })
    const wrong = wrongInBatches(sqlite, images, uploaded)
    sqlite.close()
    return wrong.join('; ')
  }
  expect(wrongAfter('')).toBe('')
  expect(wrongAfter('', [{ batch, file: 'e.png' }])).toContain('e.png')
  expect(wrongAfter('delete from batch_files where seq = 2')).toMatch(/has 3 of 4 files; .*b\.png is in no file/)
  expect(wrongAfter('update batch_files set case_id = null where seq = 1')).toMatch(/a\.png .*has no case/)
  const twice = `update cases set file_name = '/scans/a.png' where file_name = '/scans/b.png'`
  expect(wrongAfter(twice)).toContain('/scans/a.png of batch')
})
