import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { RESOURCES } from './support/shipped.ts'

const FOLDER = join(RESOURCES, 'samples')

interface Sample {
  file: string
  sha256: string
  label: string
  origin: string
  attribution: string
  licence: string
}

async function readSamples(): Promise<Sample[]> {
  return (JSON.parse(await readFile(join(FOLDER, 'samples.json'), 'utf8')) as { samples: Sample[] }).samples
}

it('every sample is there, is listed with its licence, and can be read', async () => {
  const samples = await readSamples()
  const images = (await readdir(FOLDER)).filter((name) => /\.(jpg|png)$/.test(name))
  expect(samples.map(({ file }) => file)).toEqual(images.toSorted())
  for (const { file, sha256, attribution, licence } of samples) {
    const bytes = await readFile(join(FOLDER, file))
    expect(sha256Of(bytes)).toBe(sha256)
    expect(bytes.length).toBeLessThan(300_000)
    expect((await decodeImage(bytes)).channels).toBe(1)
    expect(attribution).not.toBe('')
    expect(['CC-BY-4.0', 'PDDL-1.0']).toContain(licence)
  }
})

it('there are two or more of every class, and neither name nor format tells which', async () => {
  const samples = await readSamples()
  for (const label of LABELS)
    expect(samples.filter((sample) => sample.label === label).length).toBeGreaterThanOrEqual(2)
  for (const { file } of samples) expect(file).toMatch(/^sample-\d\d\.(jpg|png)$/)
  const formats = new Set(samples.filter(({ label }) => label !== 'notumor').map(({ file }) => file.slice(-3)))
  expect(formats).toEqual(new Set(['jpg', 'png']))
})

it('all resources together stay under 48 MiB', async () => {
  const files = await readdir(RESOURCES, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => stat(join(file.parentPath, file.name))),
  )
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(48 * 2 ** 20)
})
