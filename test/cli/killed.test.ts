import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** Runs `gyrus classify` and kills it with SIGKILL after so many lines. Returns the files that it acknowledged. */
async function classifyAndKill(images: string, dataDir: string, afterLines: number): Promise<string[]> {
  const child = spawn(process.execPath, [main, 'classify', images, '--json', '--data-dir', dataDir])
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push((JSON.parse(line) as { file: string }).file)
    if (acknowledged.length === afterLines) child.kill('SIGKILL')
  }
  return acknowledged
}

it('killed in the middle, again and again, Gyrus keeps every acknowledged case and doubles none', async () => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const images = join(folder, 'images')
  mkdirSync(images)
  for (let seed = 0; seed < 150; seed++) await writePicture(images, `${1000 + seed}.png`, seed)

  let acknowledged = 0
  for (const afterLines of [1, 40, 90]) acknowledged += (await classifyAndKill(images, dataDir, afterLines)).length
  expect(acknowledged).toBeGreaterThanOrEqual(131)

  const { core } = await openTestCore(dataDir)
  await core.resume()
  const sqlite = new SQLite(core.folder.database, { readonly: true })
  const count = (sql: string) => sqlite.prepare(sql).pluck().get() as number
  expect(count('select count(*) from results')).toBe(count('select count(distinct case_id) from results'))
  expect(count(`select count(*) from cases where state != 'analysed'`)).toBe(0)
  expect(count('select count(*) from results')).toBe(count('select count(*) from cases'))
  expect(count('select count(*) from cases')).toBeGreaterThanOrEqual(acknowledged)
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
  sqlite.close()
}, 60_000)
