import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Classifier } from '../../../src/main/engine/classifier.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import type { Model } from '../../../src/main/engine/types.ts'
import type { GateReason } from '../../../src/shared/input-gate.ts'
import { random } from '../../../src/shared/random.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'
import { ACTIVE, copyOfShipped, edit, RESOURCES, SHIPPED } from '../support/shipped.ts'

const SAMPLES = join(RESOURCES, 'samples')
const SAMPLE = join(SAMPLES, 'sample-03.png')
const models: Model[] = []

beforeAll(async () => {
  models.push(await loadModel(ACTIVE), await loadModel(SHIPPED))
})
afterAll(() => Promise.all(models.map((model) => model.dispose())))

function classify(path: string, model = models[0] as Model) {
  const classifier = new Classifier()
  classifier.use(model)
  return classifier.classify({ path }, new AbortController().signal)
}

async function gateOf(image: Sharp) {
  const path = join(temporaryFolder(), 'picture.png')
  await writeFile(path, await image.png().toBuffer())
  return (await classify(path)).gate
}

it('every sample is answered, with a set that holds what is likeliest', async () => {
  for (const name of readdirSync(SAMPLES).filter((file) => /\.(jpg|png)$/.test(file))) {
    const { gate, set, confidences } = await classify(join(SAMPLES, name))
    expect(gate.verdict, name).not.toBe('outside')
    const likeliest = Object.entries(confidences).sort(([, a], [, b]) => b - a)[0]?.[0]
    expect(set?.[0], name).toBe(likeliest)
  }
})

it('a model that does not tell what it learned from says so, and gives no set', async () => {
  const { gate, set, distance } = await classify(SAMPLE, models[1])
  const unjudged = { verdict: 'borderline', reasons: ['unjudged'] }
  expect({ gate, set, distance }).toEqual({ gate: unjudged, set: null, distance: null })
})

it('the limits of another model are refused', async () => {
  const dir = await copyOfShipped()
  const { inputGate } = (models[0] as Model).manifest
  await writeFile(join(dir, 'input-gate.json'), await readFile(join(ACTIVE, 'input-gate.json')))
  await edit(dir, 'model.json', (manifest) => Object.assign(manifest, { inputGate }))
  await expect(loadModel(dir)).rejects.toMatchObject({ code: 'model-altered' })
})

const SIDE = 256
const grey = (valueAt: (i: number) => number) =>
  sharp(
    Uint8Array.from({ length: SIDE * SIDE }, (_, i) => valueAt(i)),
    { raw: { width: SIDE, height: SIDE, channels: 1 } },
  )
const deep = (valueAt: (i: number) => number) =>
  sharp(
    Uint16Array.from({ length: SIDE * SIDE }, (_, i) => valueAt(i)),
    {
      raw: { width: SIDE, height: SIDE, channels: 1 },
    },
  ).toColourspace('grey16')

describe('bad input', () => {
  const draw = random(1)
  const MIDDLE = (SIDE / 2) * SIDE + SIDE / 2
  const photograph = () =>
    sharp(
      Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
        const pixel = Math.floor(i / 3)
        return 128 + 100 * Math.sin((pixel % SIDE) / (9 + 4 * (i % 3)) + Math.floor(pixel / SIDE) / 17)
      }),
      { raw: { width: SIDE, height: SIDE, channels: 3 } },
    )
  const CASES: [string, GateReason, () => Sharp][] = [
    ['all black', 'empty', () => grey(() => 0)],
    ['all white', 'empty', () => grey(() => 255)],
    ['of one grey', 'empty', () => grey(() => 93)],
    ['black but for one hot pixel', 'empty', () => grey((i) => (i === MIDDLE ? 255 : 0))],
    ['of the highest value of 16 bits', 'empty', () => deep(() => 65535)],
    ['of the extremes of 16 bits by turns', 'shape', () => deep((i) => (i % 2 === 0 ? 0 : 65535))],
    ['of noise', 'shape', () => grey(() => 255 * draw())],
    ['a photograph in colour', 'colour', photograph],
    ['a page of text', 'shape', () => sharp(page(30, 16, 'white', 'black'))],
  ]

  it.each(CASES)('%s is not judged', async (_, reason, picture) => {
    const { verdict, reasons } = await gateOf(picture())
    expect(verdict).toBe('outside')
    expect(reasons).toContain(reason)
  })

  it('large text beside a head is told', async () => {
    const path = join(SAMPLES, 'sample-06.png')
    const { width, height } = await sharp(path).metadata()
    const line = (y: number, text: string) =>
      `<text x="4" y="${y}" font-size="40" font-weight="bold" fill="white">${text}</text>`
    const label = `<svg width="${width}" height="${height}">${line(40, 'PATIENT 4711')}${line(height - 8, 'LEFT 12:30')}</svg>`
    const { verdict, reasons } = await gateOf(
      sharp(path)
        .composite([{ input: Buffer.from(label) }])
        .greyscale(),
    )
    expect(verdict).not.toBe('near')
    expect(reasons).toContain('text')
  })

  it('a slice that was blurred is told', async () => {
    const { reasons } = await gateOf(sharp(SAMPLE).blur(12))
    expect(reasons).toContain('blurred')
  })

  it('a picture of one pixel cannot be opened', async () => {
    await expect(gateOf(grey(() => 0).resize(1, 1))).rejects.toMatchObject({ code: 'image-too-small' })
  })
})

function page(lines: number, size: number, paper: string, ink: string): Buffer {
  const text = Array.from(
    { length: lines },
    (_, i) =>
      `<text x="10" y="${(i + 1) * size * 1.2}" font-size="${size}" fill="${ink}">The quick brown fox jumps over it</text>`,
  )
  return Buffer.from(
    `<svg width="400" height="600"><rect width="400" height="600" fill="${paper}"/>${text.join('')}</svg>`,
  )
}

describe('real files', () => {
  const CT = shared('dicom/syntaxes/CT_small.dcm')
  const HEAD = shared('dicom/series-t1/N2D_0240.dcm')
  needsShared(CT)

  it.runIf(CT)('a CT of the chest is not judged, and a slice of a head in T1 is', async () => {
    const { gate } = await classify(CT as string)
    expect(gate).toEqual({ verdict: 'outside', reasons: expect.arrayContaining(['modality', 'shape', 'unlike']) })
    expect((await classify(HEAD as string)).gate).toEqual({ verdict: 'near', reasons: [] })
  })
})
