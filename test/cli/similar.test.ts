import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { BANNER } from '../../src/shared/labels.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { writeNoise } from '../support/images.ts'

const root = join(import.meta.dirname, '../..')
const SAMPLE = join(root, 'resources/samples/sample-01.jpg')

function gyrus(...args: string[]) {
  const main = join(root, 'src/main/cli/main.ts')
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
}

it('lists what the model takes for alike, in words and as JSON, and keeps no case', () => {
  const dataDir = join(temporaryFolder(), 'data')
  const words = gyrus('similar', SAMPLE, '--data-dir', dataDir)
  expect(words.status).toBe(0)
  expect(words.stderr).toContain(BANNER)
  const lines = words.stdout.trim().split('\n')
  expect(lines[0]).toMatch(/^sample-01\.jpg: Meningioma\. Similar images: .*nearest.*\.$/)
  expect(lines).toHaveLength(6)
  const said = JSON.parse(gyrus('similar', SAMPLE, '--json', '--data-dir', dataDir).stdout)
  expect(said).toMatchObject({ banner: BANNER, model: 'efl0-2', label: 'meningioma', compared: { signed: 0 } })
  expect(said.neighbours).toHaveLength(5)
  expect(said.neighbours[0]).not.toHaveProperty('at')
  expect(existsSync(dataDir)).toBe(false)
}, 120_000)

it('refuses what the model does not judge, and what is not there, by their codes', async () => {
  const folder = temporaryFolder()
  const noise = await writeNoise(folder, 'noise.png')
  const asked = gyrus('similar', noise, '--data-dir', join(folder, 'data'))
  expect([asked.status, asked.stdout]).toEqual([1, ''])
  expect(asked.stderr).toContain('[similar-not-judged]')
  expect(gyrus('similar', join(folder, 'gone.png'), '--data-dir', join(folder, 'data')).stderr).toContain(
    '[file-missing]',
  )
}, 120_000)
