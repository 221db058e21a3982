import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { asymmetryOf } from '../../src/main/engine/asymmetry/index.ts'
import { findHead } from '../../src/main/engine/preprocess/head-region.ts'
import { regionIn } from '../../src/main/engine/region/index.ts'
import { answerRegion } from '../../src/main/engine/region/request.ts'
import type { DecodedImage } from '../../src/main/engine/types.ts'
import { DICOM_FACTS } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const SIDE = 200
const IMAGES = shared('datasets/brain-tumor-mri/Testing')

interface Drawn {
  /** Degrees; the midline leans to the right at its top where it is positive. */
  tilt?: number
  /** px that its middle is right of the picture’s. */
  off?: number
  blob?: { across: number; down: number; radius: number; grey: number }
  /** By how much brighter it gets to the right, greys a px. */
  slope?: number
}

/** A head from above: scalp, bone, brain with ventricles and a fold pattern that is the same on both sides. */
function drawHead({ tilt = 0, off = 0, ...brain }: Drawn = {}): DecodedImage {
  const [cos, sin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)]
  const data = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [dx, dy] = [(i % SIDE) - SIDE / 2 - off, Math.floor(i / SIDE) - SIDE / 2]
    const [across, down] = [dx * cos + dy * sin, -dx * sin + dy * cos]
    const r = Math.hypot(across / 62, down / 78)
    if (r > 1) return r > 1.18 ? 0 : r > 1.07 ? 220 : 12
    return Math.max(0, Math.min(255, brainAt(across, down, brain)))
  })
  return { width: SIDE, height: SIDE, channels: 1, data, format: 'png' }
}

function brainAt(across: number, down: number, { blob, slope = 0 }: Pick<Drawn, 'blob' | 'slope'>): number {
  if (blob && Math.hypot(across - blob.across, down - blob.down) < blob.radius) return blob.grey
  const folds = 14 * Math.cos(Math.abs(across) / 4.5) * Math.cos(down / 6)
  const ventricle = Math.hypot((Math.abs(across) - 12) / 7, down / 22) < 1 ? -60 : 0
  return 110 + folds + ventricle + slope * across
}

const look = (image: DecodedImage) => regionIn(image, { grey: image, region: findHead(image as never) })
const BLOB = { across: 32, down: -20, radius: 13, grey: 230 }

describe('asymmetry', () => {
  it.for([0, 6, -11, 18] as const)(
    'finds the midline of a head that leans by %d°, and hardly any asymmetry',
    (tilt) => {
      const { asymmetry } = look(drawHead({ tilt, off: 9 }))
      expect(((asymmetry?.midline.angle ?? 9) * 180) / Math.PI).toBeCloseTo(tilt, -0.5)
      expect(asymmetry?.index).toBeLessThan(0.12)
    },
  )

  it('marks what one side alone has, and its counterpart, and nothing else', () => {
    const even = look(drawHead({ tilt: 6 })).asymmetry
    const { asymmetry } = look(drawHead({ tilt: 6, blob: BLOB }))
    if (!asymmetry || !even) throw new Error('two sides')
    expect(asymmetry.index).toBeGreaterThan(4 * even.index)
    const { width, height, values } = asymmetry
    const at = (across: number, down: number) => {
      const [cos, sin] = [Math.cos(Math.PI / 30), Math.sin(Math.PI / 30)]
      const [x, y] = [across * cos - down * sin + SIDE / 2, across * sin + down * cos + SIDE / 2]
      return values[Math.round((y / SIDE) * height) * width + Math.round((x / SIDE) * width)] as number
    }
    expect(at(BLOB.across, BLOB.down)).toBeGreaterThan(0.5)
    expect(at(-BLOB.across, BLOB.down)).toBeGreaterThan(0.5)
    for (const [across, down] of [
      [0, 50],
      [30, 35],
      [-30, 35],
    ] as const)
      expect(at(across, down)).toBeLessThan(0.15)
  })

  it('says in a word why there is none', () => {
    const head = drawHead()
    const { mask } = findHead(head as never)
    const brain = look(head).brain?.mask as Uint8Array
    const of = (orientation: number[] | null) =>
      asymmetryOf(head as never, mask, brain, { ...DICOM_FACTS, orientation })
    expect(of([0, 1, 0, 0, 0, -1])).toBe('sagittal')
    expect(of([Math.SQRT1_2, Math.SQRT1_2, 0, 0, 0, -1])).toBe('oblique')
    // Axial, coronal, and axial with rows that run from front to back: left is where it would be up or down.
    for (const across of [
      [1, 0, 0, 0, 1, 0],
      [1, 0, 0, 0, 0, -1],
    ])
      expect(of(across)).toMatchObject({ index: expect.any(Number) })
    const turned = { ...head, data: new Uint8Array(head.data.length) }
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) turned.data[x * SIDE + y] = head.data[y * SIDE + x] as number
    const sideways = look({ ...turned, dicom: { ...DICOM_FACTS, orientation: [0, 1, 0, 1, 0, 0] } })
    expect(sideways.asymmetry?.index).toBeLessThan(0.12)
    expect(asymmetryOf(head as never, mask, new Uint8Array(brain.length), undefined)).toBe('plain')
    const none = look(drawHead({ slope: 2.4 })).region
    expect(none).toMatchObject({ found: true, asymmetry: null, noAsymmetry: 'no-symmetry' })
  })
})

it('a head whose outline is uneven has no two sides, as evenly as it may shine inside', () => {
  const head = drawHead({ off: -20 })
  const { mask } = findHead(head as never)
  const brain = look(head).brain?.mask as Uint8Array
  // A face in front of it, in the right lower quarter of the picture.
  const inside = mask.inside.map((one, i) => {
    const [x, y] = [i % mask.width, Math.floor(i / mask.width)]
    return x > 0.5 * mask.width && x < 0.9 * mask.width && y > 0.5 * mask.height && y < 0.85 * mask.height ? 1 : one
  })
  const of = (orientation: number[] | null) =>
    asymmetryOf(head as never, { ...mask, inside }, brain, { ...DICOM_FACTS, orientation })
  expect(of(null)).toBe('no-symmetry')
  const coronal = of([1, 0, 0, 0, 0, -1])
  if (typeof coronal === 'string') throw new Error(coronal)
  expect(coronal.midline.symmetry).toBeGreaterThan(0.54)
  expect(coronal.midline.paired).toBeLessThan(0.87)
})

it('a sagittal picture without a header has no two sides, an axial one has', async () => {
  const of = async (name: string) => (await answerRegion({ path: join('resources', 'samples', name) })).region
  expect(await of('sample-12.png')).toMatchObject({ found: true, noAsymmetry: 'no-symmetry' })
  expect(await of('sample-05.png')).toMatchObject({ found: true, noAsymmetry: null })
})

describe('features of the region', () => {
  it('are its area, in cm² where the file tells, and its greys', () => {
    const head = drawHead()
    const { region, brain } = look({ ...head, pixel: { width: 0.9, height: 0.9, unit: 'mm' } })
    if (!region.found || !brain) throw new Error('a brain')
    const drawnArea = Math.PI * 62 * 78
    expect(region.area * SIDE * SIDE).toBeGreaterThan(0.85 * drawnArea)
    expect(region.area * SIDE * SIDE).toBeLessThan(1.15 * drawnArea)
    expect(region.areaCm2).toBeCloseTo((region.area * SIDE * SIDE * 0.81) / 100, 0)
    const inside = [...head.data].filter((_, i) => brain.mask[i] === 1).sort((a, b) => a - b)
    expect(region.mean).toBeCloseTo(inside.reduce((sum, one) => sum + one, 0) / inside.length, 0)
    expect(region.percentiles.p50).toBe(inside[Math.ceil(inside.length / 2) - 1])
    expect(look({ ...head, pixel: { width: 1, height: 1, unit: null } }).region).toMatchObject({ areaCm2: null })
  })

  it('are the same of a 16-bit picture and its 8-bit one, but for rounding', () => {
    const head = drawHead({ blob: BLOB })
    const deep = { ...head, data: Uint16Array.from(head.data, (value) => value * 16) }
    const [eight, sixteen] = [look(head).region, look({ ...deep, window: { low: 0, high: 255 * 16 } }).region]
    if (!eight.found || !sixteen.found) throw new Error('a brain')
    expect(sixteen.area).toBeCloseTo(eight.area, 1)
    expect(sixteen.asymmetry).toBeGreaterThan(0.3)
  })

  it.for([
    ['all black', (data: Uint8Array) => data],
    ['constant', (data: Uint8Array) => data.fill(130)],
    ['one hot pixel', (data: Uint8Array) => data.fill(255, 7000, 7001)],
  ] as const)('there are none of a picture that is %s', ([, fill]) => {
    const image: DecodedImage = {
      width: 120,
      height: 120,
      channels: 1,
      data: fill(new Uint8Array(14400)),
      format: 'png',
    }
    expect(look(image)).toEqual({ region: { found: false }, brain: null, asymmetry: null })
  })

  it('nor of a picture of one pixel', () => {
    const image: DecodedImage = { width: 1, height: 1, channels: 1, data: new Uint8Array([200]), format: 'png' }
    expect(look(image).region).toEqual({ found: false })
  })

  it('are given with outline and midline in shares of the picture', async () => {
    const { width, height, data } = drawHead({ off: 9 })
    const path = join(temporaryFolder(), 'head.png')
    await sharp(data, { raw: { width, height, channels: 1 } }).toFile(path)
    const { outline, map } = await answerRegion({ path })
    const xs = outline.map(({ x }) => x)
    expect(Math.min(...xs)).toBeCloseTo(0.545 - 62 / SIDE, 1)
    expect(Math.max(...xs)).toBeCloseTo(0.545 + 62 / SIDE, 1)
    expect(map?.midline.from.x).toBeCloseTo(0.545, 1)
    expect(map?.midline.to.x).toBeCloseTo(0.545, 1)
    expect((map?.midline.from.y ?? 1) * (map?.midline.to.y ?? 1)).toBeLessThan(0)
  })
})

needsShared(IMAGES)
describe.skipIf(IMAGES === null)('on real slices', () => {
  const folder = IMAGES ?? ''
  const indexesOf = async (label: string) => {
    const names = readdirSync(join(folder, label)).sort()
    const found = []
    for (const name of names.filter((_, i) => i % 5 === 0)) {
      const { region } = await answerRegion({ path: join(folder, label, name) })
      if (region.found && region.asymmetry !== null) found.push(region.asymmetry)
    }
    return found
  }

  it('meningiomas, which push from one side, have a higher index than slices without a tumour', {
    timeout: 120_000,
  }, async () => {
    const [tumours, none] = [await indexesOf('meningioma'), await indexesOf('notumor')]
    expect(Math.min(tumours.length, none.length)).toBeGreaterThan(10)
    const above = tumours.flatMap((one) => none.map((other) => (one > other ? 1 : 0))) as number[]
    expect(above.reduce((sum, one) => sum + one, 0) / above.length).toBeGreaterThan(0.65)
  })
})
