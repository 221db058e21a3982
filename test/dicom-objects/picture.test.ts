import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { INPUT, OF_SERIES, SIGNED } from '../../scripts/reference/dicom-result.ts'
import { captionOf, type DrawnMap, secondaryCapture } from '../../src/main/core/dicom-objects/secondary-capture.ts'
import type { ResultInput } from '../../src/main/core/dicom-objects/types.ts'
import { drawResult } from '../../src/main/engine/result-picture/index.ts'
import { HEAT_NOTE, UNFAITHFUL_NOTE } from '../../src/shared/heat.ts'
import { BANNER } from '../../src/shared/labels.ts'
import type { Pixels, ResultCaption } from '../../src/shared/result-picture.ts'
import { complaints, missing, python } from '../support/dicom-tools.ts'

const FONTS = join(import.meta.dirname, '..', '..', 'resources', 'fonts')
const [WIDTH, BAND, SQUARE] = [768, 40, 768]

/** Wider than high, with a bright corner at the top left. */
const IMAGE: Pixels = { width: 64, height: 32, channels: 1, data: new Uint8Array(64 * 32) }
for (let y = 0; y < 16; y++) IMAGE.data.fill(200, y * 64, y * 64 + 16)

const draw = (input: ResultInput) => drawResult(IMAGE, captionOf(input), FONTS)

/** All in the colour of the most heat. */
const MAP: DrawnMap = {
  ...{ method: 'localise', label: 'glioma', width: 2, height: 1, values: new Float32Array(2), highest: 3 },
  peak: { x: 0.2, y: 0.3 },
  confidences: INPUT.result.confidences,
  faithfulness: {
    ...{ whole: 0.91, withoutMarked: 0.9, withoutRandom: 0.905, score: 0.005, threshold: 0.05 },
    ...{ faithful: false, reason: 'nothing-changes' },
  },
  timings: { decode: 0, map: 0, faithfulness: 0 },
  model: { id: 'efl0-2', weightsSha256: '0', preprocessingVersion: '1', provider: 'cpu' },
  png: await sharp({ create: { width: 64, height: 32, channels: 3, background: '#fde725' } })
    .png()
    .toBuffer(),
}

/** How many pixels of some rows are not black. */
function lit({ data, width }: Pixels, from: number, to: number): number {
  const rows = data.subarray(from * width * 3, to * width * 3)
  let count = 0
  for (let at = 0; at < rows.length; at += 3)
    if ((rows[at] ?? 0) + (rows[at + 1] ?? 0) + (rows[at + 2] ?? 0) > 60) count++
  return count
}

describe('what the picture of a result says', () => {
  it('is the answer, where it is from, and the verdict; nothing of the patient', () => {
    const caption = captionOf({ ...INPUT, verdict: SIGNED })
    expect(caption).toEqual({
      banner: BANNER,
      title: 'AI: Glioma',
      rows: [
        { name: 'Glioma', text: '0.91', share: 0.912345678901 },
        { name: 'Meningioma', text: '0.05', share: 0.05 },
        { name: 'No tumour', text: '0.04', share: 0.0376543 },
        { name: 'Pituitary tumour', text: '<0.01', share: 0.000000021099 },
      ],
      notes: '',
      lines: [
        'Gyrus brain MRI classifier 2, model efl0-2',
        'Answered 2026-11-20 12:00 (UTC+0100)',
        'Reader: Disagree, Meningioma',
        'Dr. Ágnes Müller, 2026-11-20 13:00 (UTC+0100)',
        'Signed by Dr. Ágnes Müller, 2026-11-20 13:01 (UTC+0100)',
      ],
    })
  })

  it('is that nobody has read it, or that it is not signed', () => {
    expect(captionOf(INPUT).lines.at(-1)).toBe('Not read by a radiologist')
    expect(captionOf({ ...INPUT, verdict: { ...SIGNED, signed: null } }).lines.at(-1)).toBe('Not signed')
  })
})

describe('the picture of a series', () => {
  it('says which slice it shows, with all that it says of an image', () => {
    const { lines } = captionOf({ ...OF_SERIES, verdict: SIGNED })
    expect(lines).toHaveLength(6)
    expect(lines[1]).toBe('Slice 15 of 32; 3 slices decided (neighbours-2)')
  })

  it('is of its key slice alone, and has room for all lines', async ({ skip }) => {
    const input = { ...OF_SERIES, verdict: SIGNED }
    const caption = captionOf(input)
    const upTo = async (n: number) =>
      (await drawResult(IMAGE, { ...caption, lines: caption.lines.slice(0, n) }, FONTS)).data
    expect(Buffer.compare(await upTo(6), await upTo(5))).not.toBe(0)
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const { file } = await secondaryCapture(input, await draw(input))
    expect(python('dicom-objects/python/read_picture.py', file)).toMatchObject({
      sources: ['1.2.826.0.1.3680043.10.1.3.15'],
    })
  })
})

describe('the picture of a result', () => {
  it('has the banner above the image and nothing over it', async () => {
    const picture = await draw(INPUT)
    expect(picture).toMatchObject({ width: WIDTH, height: BAND + SQUARE + 192, channels: 3 })
    expect(lit(picture, 0, BAND)).toBeGreaterThan(500)
    const without = await drawResult(IMAGE, { banner: '.', title: '.', rows: [], notes: '', lines: [] }, FONTS)
    expect(lit(without, 0, BAND)).toBeLessThan(30)
    const square = ({ data }: Pixels) => data.subarray(BAND * WIDTH * 3, (BAND + SQUARE) * WIDTH * 3)
    expect(Buffer.compare(square(picture), square(without))).toBe(0)
    // 64 × 32 is shown as 768 × 384 in the middle: its bright corner is at the top left.
    const grey = (x: number, y: number) =>
      Array.from(picture.data.subarray(((BAND + y) * WIDTH + x) * 3).subarray(0, 3))
    expect(grey(96, 192 + 96)).toEqual([200, 200, 200])
    expect(grey(96, 96)).toEqual([0, 0, 0])
    expect(grey(600, 192 + 96)).toEqual([0, 0, 0])
  })

  it('tells no label and no numbers where the model does not judge, but why; cautions and sets stand below', async () => {
    const gate = { verdict: 'outside' as const, reasons: ['colour' as const] }
    const caption = captionOf({ ...INPUT, result: { ...INPUT.result, label: null, gate, set: null } })
    expect(caption).toMatchObject({ title: 'AI: not judged', rows: [] })
    expect(caption.notes).toBe('The model does not judge this image. · The picture is in colour')
    const doubtful = captionOf({
      ...INPUT,
      result: {
        ...INPUT.result,
        gate: { verdict: 'borderline', reasons: ['noisy'] },
        set: ['glioma', 'meningioma'],
        cautions: ['No contrast agent'],
      },
    })
    expect(doubtful.notes).toBe(
      'Caution: The picture is noisy · Caution: No contrast agent · Cannot be ruled out at 5 % error: glioma, meningioma',
    )
    const [plain, noted] = [await draw(INPUT), await drawResult(IMAGE, doubtful, FONTS)]
    expect(noted.height).toBeGreaterThan(plain.height)
    expect(lit(noted, plain.height, noted.height)).toBeGreaterThan(500)
  })

  it('says something else for another result, and shows markup as it is', async () => {
    const [one, other] = [await draw(INPUT), await draw({ ...INPUT, verdict: SIGNED })]
    expect(Buffer.compare(one.data, other.data)).not.toBe(0)
    const hostile: ResultCaption = {
      ...captionOf(INPUT),
      title: '<b>&amp;</span>\u0000\u001b',
      lines: ['x'.repeat(5000)],
    }
    const picture = await drawResult(IMAGE, hostile, FONTS)
    expect(picture.data).toHaveLength(picture.width * picture.height * 3)
  })
})

describe('the picture of a result with a heat map', () => {
  it('has the map beside the image, as large, and says below what it is and whether it is faithful', async () => {
    const [plain, both] = [await draw(INPUT), await drawResult(IMAGE, captionOf(INPUT, MAP), FONTS)]
    expect(both).toMatchObject({ width: 2 * WIDTH, height: plain.height, channels: 3 })
    const at = ({ data, width }: Pixels, x: number, y: number) => [...data.subarray((y * width + x) * 3).subarray(0, 3)]
    expect(at(both, 96, BAND + 192 + 96)).toEqual([200, 200, 200])
    expect(at(both, WIDTH + 96, BAND + 192 + 96)).toEqual([253, 231, 37])
    expect(at(both, WIDTH + 96, BAND + 96)).toEqual([0, 0, 0])
    const { heat } = captionOf(INPUT, MAP)
    expect(heat?.lines[0]).toBe(`${UNFAITHFUL_NOTE}.`)
    expect(captionOf(INPUT, { ...MAP, faithfulness: null }).heat?.lines[0]).toBe(`${HEAT_NOTE}.`)
    expect(heat?.lines.at(-1)).toBe('Probability 91 %; without the marked tenth 90 %, without a random tenth 91 %.')
    expect(heat?.caution).toMatch(/^Not faithful, so it is hatched: the answer hardly changes/)
    const lower = (picture: Pixels) => picture.data.subarray((BAND + SQUARE) * picture.width * 3)
    const silent = await drawResult(
      IMAGE,
      { ...captionOf(INPUT, MAP), heat: { png: MAP.png, lines: [], caution: null } },
      FONTS,
    )
    expect(Buffer.compare(lower(both), lower(silent))).not.toBe(0)
  })

  it('is another object than one without', async () => {
    const picture = await drawResult(IMAGE, captionOf(INPUT, MAP), FONTS)
    const [one, other] = [await secondaryCapture(INPUT, picture, MAP), await secondaryCapture(INPUT, await draw(INPUT))]
    expect(one.reference.uid).not.toBe(other.reference.uid)
    expect(Buffer.compare((await secondaryCapture(INPUT, picture, MAP)).file, one.file)).toBe(0)
  })
})

describe('a secondary capture', () => {
  it('passes dciodvfy without errors', async ({ skip }) => {
    const reason = missing('dciodvfy')
    if (reason) skip(reason)
    const mapped = await drawResult(IMAGE, captionOf(INPUT, MAP), FONTS)
    const made = [await secondaryCapture(INPUT, mapped, MAP)]
    for (const input of [INPUT, { ...INPUT, verdict: SIGNED }, OF_SERIES])
      made.push(await secondaryCapture(input, await draw(input)))
    for (const { file } of made) {
      const { errors, warnings } = complaints(file)
      expect(errors).toEqual([])
      expect(warnings.filter((line) => !/<99GYRUS>/.test(line))).toEqual([])
    }
  })

  it('gives another toolkit the pixels that were drawn, and says that text is in them', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const picture = await draw(INPUT)
    const { file } = await secondaryCapture(INPUT, picture)
    expect(python('dicom-objects/python/read_picture.py', file)).toEqual({
      shape: [picture.height, picture.width, 3],
      sha256: createHash('sha256').update(picture.data).digest('hex'),
      photometric: 'RGB',
      imageType: ['DERIVED', 'SECONDARY'],
      burnedIn: 'YES',
      sources: ['1.2.826.0.1.3680043.10.1.3'],
      study: INPUT.source.study.uid,
      patient: 'Doe^Jane',
    })
  })

  it('refuses pixels that are not what they say', async () => {
    const picture = await draw(INPUT)
    await expect(secondaryCapture(INPUT, { ...picture, height: 3 })).rejects.toThrow('a picture in RGB was expected')
    await expect(secondaryCapture(INPUT, IMAGE)).rejects.toThrow('a picture in RGB was expected')
  })
})
