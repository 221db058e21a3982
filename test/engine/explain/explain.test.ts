import { readFileSync, writeFileSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explain, METHODS, mapOf } from '../../../src/main/engine/explain/index.ts'
import type { RawHeat } from '../../../src/main/engine/explain/types.ts'
import { sha256Of } from '../../../src/main/engine/model/files.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import type { DecodedImage, Model } from '../../../src/main/engine/types.ts'
import { HEAT_METHODS, type HeatFile } from '../../../src/shared/heat.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { shared } from '../../support/shared.ts'
import { ACTIVE, edit, RESOURCES, SHIPPED } from '../support/shipped.ts'

const never = new AbortController().signal
const sample = (name: string) => join(RESOURCES, 'samples', name)
const TUMOUR = sample('sample-01.jpg')
let model: Model

beforeAll(async () => {
  model = await loadModel(ACTIVE)
})
afterAll(() => model.dispose())

describe('a map', () => {
  it.each(HEAT_METHODS)(
    'by %s lies over the whole image, from 0 to 1, with its peak where it is highest',
    async (method) => {
      const map = await explain(model, { path: TUMOUR, method }, never)
      const { width = 0, height = 0 } = await sharp(TUMOUR).metadata()
      expect(map.method).toBe(method)
      expect(map.width / map.height).toBeCloseTo(width / height, 1)
      expect(map.values.length).toBe(map.width * map.height)
      expect(map.values.every((value) => value >= 0 && value <= 1.0001)).toBe(true)
      const { x, y } = map.peak
      const atPeak = map.values[Math.floor(y * map.height) * map.width + Math.floor(x * map.width)] as number
      expect(atPeak).toBeGreaterThan(0.8)
      const { whole, withoutMarked, withoutRandom, score, threshold, faithful, reason } = map.faithfulness ?? {}
      expect(whole).toBeCloseTo(map.confidences[map.label], 3)
      expect(score).toBeCloseTo((withoutRandom ?? 0) - (withoutMarked ?? 0), 6)
      expect(faithful).toBe((score ?? 0) >= (threshold ?? 1))
      expect(reason === null).toBe(faithful)
    },
  )

  it('is the same each time', async () => {
    const maps = [await explain(model, { path: TUMOUR }, never), await explain(model, { path: TUMOUR }, never)]
    expect(maps[0]?.values).toEqual(maps[1]?.values)
    expect(maps[0]?.faithfulness).toEqual(maps[1]?.faithfulness)
  })

  it('of another class is another one', async () => {
    const of = (label: 'glioma' | 'meningioma') => explain(model, { path: TUMOUR, method: 'cam', label }, never)
    expect((await of('glioma')).values).not.toEqual((await of('meningioma')).values)
  })

  it('is by default that of the head for a tumour, and by class activation for none', async () => {
    expect(await explain(model, { path: TUMOUR, label: 'glioma' }, never).catch((error) => error)).toMatchObject({
      ...{ method: 'localise', label: 'glioma' },
    })
    const none = await explain(model, { path: sample('sample-02.png'), label: 'notumor', faithfulness: false }, never)
    expect(none).toMatchObject({ method: 'cam', label: 'notumor', faithfulness: null })
  })

  it('has no heat where nothing speaks for the class', () => {
    const heat: RawHeat = {
      side: 4,
      values: new Float32Array(16),
      shown: { left: 0, top: 0, width: 1, height: 1 },
      least: 0.05,
    }
    const image: DecodedImage = { width: 8, height: 8, channels: 1, data: new Uint8Array(64), format: 'png' }
    expect(() => mapOf(METHODS.localise, 'glioma', heat, image)).toThrow('Glioma')
    const unsure = { ...heat, values: heat.values.fill(Number.NaN) }
    expect(() => mapOf(METHODS.localise, 'glioma', unsure, image)).toThrow('NaN')
  })

  it('ends when it is cancelled', async () => {
    const abort = new AbortController()
    const asked = explain(model, { path: TUMOUR, method: 'occlusion' }, abort.signal)
    abort.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })
})

it('by the head points into the boxes of slices that took no part in its training', async ({ skip }) => {
  const folder = shared('datasets/tumor-boxes')
  if (!folder) return skip('the shared data is not there')
  interface Listed {
    set: string
    part: string
    file: string
    label: 'glioma'
    box: { cx: number; cy: number; w: number; h: number }
  }
  const split: Listed[] = JSON.parse(readFileSync(join(RESOURCES, '../docs/runs/heat/split.json'), 'utf8'))
  const slices = split
    .filter(({ set, part }) => set === 'tumor-boxes' && part === 'measuring')
    .filter((_, i) => i % 19 === 0)
  let hits = 0
  for (const { file, box, label } of slices) {
    const asked = { path: join(folder, file), label, method: 'localise', faithfulness: false } as const
    const map = await explain(model, asked, never).catch((error) => error)
    if (map.code === 'explain-no-heat') continue
    const { peak } = map
    if (Math.abs(peak.x - box.cx) <= box.w / 2 && Math.abs(peak.y - box.cy) <= box.h / 2) hits += 1
  }
  expect(slices.length).toBeGreaterThan(10)
  expect(hits / slices.length).toBeGreaterThanOrEqual(0.6)
})

describe('bad input', () => {
  const HOT = new Uint8Array(96 * 96)
  HOT[40 * 96 + 50] = 255
  const images: Record<string, () => Promise<Buffer>> = {
    'all black': () => raw8(new Uint8Array(96 * 96)),
    'all white': () => raw8(new Uint8Array(96 * 96).fill(255)),
    constant: () => raw8(new Uint8Array(96 * 96).fill(77)),
    'one hot pixel': () => raw8(HOT),
    'in colour': () =>
      sharp(
        Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (i * 97) % 256),
        { raw: { width: 96, height: 96, channels: 3 } },
      )
        .png()
        .toBuffer(),
    '16-bit extremes': () =>
      sharp(
        Uint16Array.from({ length: 96 * 96 }, (_, i) => (i % 2) * 65535),
        {
          raw: { width: 96, height: 96, channels: 1 },
        },
      )
        .toColourspace('grey16')
        .png()
        .toBuffer(),
  }
  it.each(Object.keys(images))('%s gives a sound map, or says that there is no heat', async (name) => {
    const path = join(temporaryFolder(), 'a.png')
    writeFileSync(path, await (images[name] as () => Promise<Buffer>)())
    for (const method of HEAT_METHODS) {
      const map = await explain(model, { path, method, label: 'glioma' }, never).catch((error) => error)
      if ('code' in map) expect(map.code).toBe('explain-no-heat')
      else {
        expect(map.values.every((value: number) => value >= 0 && value <= 1.0001)).toBe(true)
        expect(Number.isFinite(map.faithfulness.score)).toBe(true)
      }
    }
  })

  it('a single pixel is refused by the decoder', async () => {
    const path = join(temporaryFolder(), 'a.png')
    await sharp(Uint8Array.of(9), { raw: { width: 1, height: 1, channels: 1 } })
      .png()
      .toFile(path)
    await expect(explain(model, { path }, never)).rejects.toMatchObject({ code: 'image-too-small' })
  })

  const raw8 = (data: Uint8Array) =>
    sharp(data, { raw: { width: 96, height: 96, channels: 1 } })
      .png()
      .toBuffer()
})

describe('a model', () => {
  it('has no map of “no tumour” by its head', async () => {
    const asked = explain(model, { path: TUMOUR, method: 'localise', label: 'notumor' }, never)
    await expect(asked).rejects.toMatchObject({ code: 'explain-class-without-map' })
  })

  it('without a head is explained by other methods, and says so', async () => {
    const plain = await loadModel(SHIPPED)
    try {
      await expect(explain(plain, { path: TUMOUR, method: 'localise' }, never)).rejects.toMatchObject({
        code: 'explain-no-head',
      })
      expect((await explain(plain, { path: TUMOUR, label: 'glioma' }, never)).method).toBe('cam')
    } finally {
      await plain.dispose()
    }
  })

  it('with another model’s head, or a changed one, is refused by the file’s name', async () => {
    await expect(withHeat((heat) => ({ ...heat, weightsSha256: '0'.repeat(64) }), true)).rejects.toMatchObject({
      ...{ code: 'model-altered', details: { file: 'heat.json' } },
    })
    await expect(withHeat((heat) => ({ ...heat, threshold: 0.123 }), false)).rejects.toMatchObject({
      ...{ code: 'model-altered', details: { file: 'heat.json' } },
    })
    await expect(withHeat((heat) => ({ ...heat, bias: heat.bias.slice(8) }), true)).rejects.toMatchObject({
      code: 'model-invalid',
    })
  })

  it('whose head does not say of the golden images what it said gives no map', async () => {
    const changed = await withHeat(
      (heat) => ({ ...heat, golden: heat.golden.map((one) => ({ ...one, highest: one.highest / 2 })) }),
      true,
    )
    try {
      const asked = explain(changed, { path: TUMOUR, method: 'localise', label: 'glioma' }, never)
      await expect(asked).rejects.toMatchObject({ code: 'model-golden-mismatch' })
    } finally {
      await changed.dispose()
    }
  })

  async function withHeat(change: (heat: HeatFile) => unknown, signed: boolean): Promise<Model> {
    const dir = join(temporaryFolder(), 'efl0-2')
    await cp(ACTIVE, dir, { recursive: true })
    const text = JSON.stringify(change(JSON.parse(await readFile(join(dir, 'heat.json'), 'utf8'))))
    await writeFile(join(dir, 'heat.json'), text)
    if (signed)
      await edit(dir, 'model.json', (manifest) => {
        if (manifest.heat) manifest.heat.sha256 = sha256Of(Buffer.from(text))
      })
    return loadModel(dir)
  }
})
