import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const root = join(import.meta.dirname, '../..')
const SAMPLE = join(root, 'resources/samples/sample-01.jpg')

function gyrus(...args: string[]) {
  const main = join(root, 'src/main/cli/main.ts')
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
}

it('draws a map, and says as JSON where it points and how faithful it is', async () => {
  const folder = temporaryFolder()
  const [out, dataDir] = [join(folder, 'map.png'), join(folder, 'data')]
  const { status, stdout } = gyrus('explain', SAMPLE, '--method', 'cam', '--out', out, '--json', '--data-dir', dataDir)
  expect(status).toBe(0)
  const said = JSON.parse(stdout)
  const note = said.faithfulness.faithful ? HEAT_NOTE : UNFAITHFUL_NOTE
  expect(said).toMatchObject({ method: 'cam', note, model: { id: 'efl0-2' }, out })
  expect(said.peak.x).toBeGreaterThan(0)
  expect(said.faithfulness.threshold).toBe(0.05)
  expect(said).not.toHaveProperty('values')
  const { width, height = 0 } = await sharp(out).metadata()
  expect(width).toBe(768)
  expect(height).toBeGreaterThan(768)
  // Coloured, over a grey image.
  const { channels } = await sharp(out).extract({ left: 0, top: 60, width: 768, height: 700 }).stats()
  expect(channels.map(({ mean }) => Math.round(mean)).some((mean, _, all) => mean !== all[0])).toBe(true)
  expect(existsSync(dataDir)).toBe(false)
}, 60_000)

it('refuses what has no map, by its code, and writes nothing', () => {
  const out = join(temporaryFolder(), 'map.png')
  const asked = ['explain', SAMPLE, '--class', 'notumor', '--method', 'localise', '--out', out]
  const { status, stderr } = gyrus(...asked)
  expect(status).toBe(1)
  expect(stderr).toContain('[explain-class-without-map]')
  expect(existsSync(out)).toBe(false)
  expect(gyrus('explain', SAMPLE, '--class', 'cyst', '--out', out).status).toBe(1)
  expect(gyrus('explain', join(root, 'gone.png'), '--out', out).stderr).toContain('[file-missing]')
}, 60_000)

it('draws no map of a picture that the model does not judge, and gives it no label', async () => {
  const folder = temporaryFolder()
  const [letter, out] = [join(folder, 'letter.png'), join(folder, 'map.png')]
  await sharp({ create: { width: 300, height: 400, channels: 3, background: '#fff' } }).toFile(letter)
  const { status, stdout, stderr } = gyrus('explain', letter, '--out', out)
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('[explain-not-judged]')
  expect(existsSync(out)).toBe(false)
}, 60_000)
