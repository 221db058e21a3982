import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'

const root = join(import.meta.dirname, '../..')
const SAMPLE = join(root, 'resources/samples/sample-01.jpg')

function gyrus(...args: string[]) {
  const main = join(root, 'src/main/cli/main.ts')
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
}

it('says where the brain is, and draws it', async () => {
  const folder = temporaryFolder()
  const [mask, outline] = [join(folder, 'mask.png'), join(folder, 'outline.png')]
  const { status, stdout } = gyrus('region', SAMPLE, '--json', '--out', mask, '--draw', 'mask')
  expect(status).toBe(0)
  const { width, height, region, out } = JSON.parse(stdout)
  expect(out).toBe(mask)
  expect(await sharp(mask).metadata()).toMatchObject({ width, height, channels: 1 })
  const data = await sharp(mask).toColourspace('b-w').raw().toBuffer()
  expect(data.reduce((sum, value) => sum + value / 255, 0)).toBe(region.area)
  expect(region.area / (width * height)).toBeGreaterThan(0.3)
  expect(region.area / (width * height)).toBeLessThan(0.7)

  const said = gyrus('region', SAMPLE, '--out', outline)
  expect(said.stdout).toContain(`: ${(100 * region.share).toFixed(1)} % of`)
  expect(said.stdout).toMatch(/sample-01\.jpg: \d+\.\d % of \d+ × \d+ px, from \d+, \d+ to \d+, \d+\./)
  const { channels } = await sharp(outline).stats()
  // Yellow on grey: red and green stand above blue.
  expect(channels).toHaveLength(3)
  expect((channels[0]?.mean ?? 0) - (channels[2]?.mean ?? 0)).toBeGreaterThan(0.5)
}, 60_000)

it('says that there is none, and writes nothing', async () => {
  const folder = temporaryFolder()
  const [black, out] = [join(folder, 'black.png'), join(folder, 'mask.png')]
  await sharp({ create: { width: 200, height: 200, channels: 3, background: '#000' } }).toFile(black)
  const { status, stdout } = gyrus('region', black, '--out', out)
  expect(status).toBe(0)
  expect(stdout).toContain('black.png: no brain found')
  expect(JSON.parse(gyrus('region', black, '--json', '--out', out).stdout)).toMatchObject({ region: null, out: null })
  expect(existsSync(out)).toBe(false)
  expect(gyrus('region', join(folder, 'gone.png')).stderr).toContain('[file-missing]')
  expect(gyrus('region', black, '--draw', 'circle').status).toBe(1)
}, 60_000)
