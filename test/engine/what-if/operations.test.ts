import { describe, expect, test } from 'vitest'
import { edit } from '../../../src/main/engine/what-if/apply.ts'
import { applyStep } from '../../../src/main/engine/what-if/operations.ts'
import type { Picture } from '../../../src/main/engine/what-if/types.ts'
import { random } from '../../../src/shared/random.ts'
import { type Operation, STEP_RANGES, type Step, stepSchema } from '../../../src/shared/what-if.ts'

const [WIDTH, HEIGHT] = [60, 48]

function picture(channels: 1 | 3, bits: 8 | 16): Picture {
  const next = random(7)
  const [length, white] = [WIDTH * HEIGHT * channels, whiteOf(bits)]
  const data = bits === 16 ? new Uint16Array(length) : new Uint8Array(length)
  return { width: WIDTH, height: HEIGHT, channels, data: data.map(() => Math.floor(next() * (white + 1))) }
}

/** A scan of 12 bits in a file of 16. */
const whiteOf = (bits: 8 | 16) => (bits === 16 ? 4095 : 255)

const WHOLE = { x: 0, y: 0, width: WIDTH, height: HEIGHT }
const BESIDE: [number, number][] = [
  [-40, -40],
  [-30, 90],
]

/** Of each operation: what changes nothing, and steps at the ends of what is allowed and between. */
const CASES: { [O in Operation]: { neutral: Step[]; steps: Step[] } } = {
  crop: { neutral: [{ op: 'crop', ...WHOLE }], steps: [{ op: 'crop', x: 5, y: -3, width: 40, height: 40 }] },
  rotate: {
    neutral: [{ op: 'rotate', degrees: 0 }],
    steps: [...STEP_RANGES.degrees, 33].map((degrees) => ({ op: 'rotate', degrees })),
  },
  flip: {
    neutral: [
      { op: 'flip', axis: 'horizontal' },
      { op: 'flip', axis: 'horizontal' },
    ],
    steps: [
      { op: 'flip', axis: 'horizontal' },
      { op: 'flip', axis: 'vertical' },
    ],
  },
  zoom: {
    neutral: [{ op: 'zoom', factor: 1 }],
    steps: [...STEP_RANGES.factor, 1.1].map((factor) => ({ op: 'zoom', factor })),
  },
  shift: {
    neutral: [{ op: 'shift', x: 0, y: 0 }],
    steps: [...STEP_RANGES.shift, 0.07].map((x) => ({ op: 'shift', x, y: -x / 2 })),
  },
  brightness: {
    neutral: [{ op: 'brightness', by: 0 }],
    steps: [...STEP_RANGES.brightness, 0.1].map((by) => ({ op: 'brightness', by })),
  },
  contrast: {
    neutral: [{ op: 'contrast', factor: 1 }],
    steps: [...STEP_RANGES.contrast, 1.3].map((factor) => ({ op: 'contrast', factor })),
  },
  gamma: {
    neutral: [{ op: 'gamma', gamma: 1 }],
    steps: [...STEP_RANGES.gamma, 0.7].map((gamma) => ({ op: 'gamma', gamma })),
  },
  blur: {
    neutral: [{ op: 'blur', sigma: 0 }],
    steps: [STEP_RANGES.blur[1], 1.2].map((sigma) => ({ op: 'blur', sigma })),
  },
  noise: {
    neutral: [{ op: 'noise', sigma: 0, seed: 1 }],
    steps: [STEP_RANGES.noise[1], 0.05].map((sigma) => ({ op: 'noise', sigma, seed: 4_294_967_295 })),
  },
  border: {
    neutral: [{ op: 'border', width: 0 }],
    steps: [STEP_RANGES.border[1], 0.1].map((width) => ({ op: 'border', width })),
  },
  resolution: {
    neutral: [{ op: 'resolution', share: 1 }],
    steps: [STEP_RANGES.resolution[0], 0.4].map((share) => ({ op: 'resolution', share })),
  },
  erase: {
    neutral: [{ op: 'erase', points: BESIDE, radius: 5 }],
    steps: [
      { op: 'erase', points: [[20, 20]], radius: STEP_RANGES.radius[0] },
      { op: 'erase', points: [...BESIDE, [30, 30], [50, 12]], radius: 9.5 },
    ],
  },
  paint: {
    neutral: [{ op: 'paint', points: BESIDE, radius: 5, level: 1 }],
    steps: STEP_RANGES.level.map((level) => ({ op: 'paint', points: [...BESIDE, [30, 30]], radius: 9.5, level })),
  },
  hide: {
    neutral: [{ op: 'hide', x: -20, y: 0, width: 20, height: 10, level: 1 }],
    steps: STEP_RANGES.level.map((level) => ({ op: 'hide', x: -5, y: 40, width: 30, height: 30, level })),
  },
}

const KINDS = [
  [1, 8],
  [3, 8],
  [1, 16],
  [3, 16],
] as const

describe.each(Object.entries(CASES))('%s', (op, { neutral, steps }) => {
  test.each(KINDS)('changes nothing where it is neutral (%i channels, %i bits)', (channels, bits) => {
    const before = picture(channels, bits)
    expect(neutral.reduce((one, step) => applyStep(one, step, whiteOf(bits)), before)).toEqual(before)
  })

  test.each(KINDS)(
    'is the same each time, within its bounds, and leaves what it is given (%i channels, %i bits)',
    (channels, bits) => {
      const before = picture(channels, bits)
      for (const step of steps) {
        const made = applyStep(before, step, whiteOf(bits))
        expect(made).toEqual(applyStep(picture(channels, bits), step, whiteOf(bits)))
        expect(made).not.toEqual(before)
        expect(made.data).toBeInstanceOf(bits === 16 ? Uint16Array : Uint8Array)
        expect(made.data).toHaveLength(made.width * made.height * made.channels)
        expect(made.data.every((value) => value <= whiteOf(bits))).toBe(true)
        expect(before).toEqual(picture(channels, bits))
      }
    },
  )

  test('takes its own steps, and none beyond what is stated', () => {
    for (const step of [...neutral, ...steps]) expect(stepSchema.parse(step)).toEqual(step)
    for (const step of steps)
      for (const [name, value] of Object.entries(step))
        if (typeof value === 'number' && !['x', 'y', 'width', 'height'].includes(name))
          expect(stepSchema.safeParse({ ...step, [name]: value * 1e9 + 1e9 }).success).toBe(false)
    expect(stepSchema.safeParse({ ...steps[0], more: 1 }).success).toBe(false)
    expect(steps.every((step) => step.op === op)).toBe(true)
  })
})

const gradient = (): Picture => ({
  ...{ width: WIDTH, height: HEIGHT, channels: 1 },
  data: Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH) * 4),
})

test('a quarter turn of a square lands on its pixels, clockwise', () => {
  const data = Uint8Array.from({ length: 33 * 33 }, (_, i) => (i * 7) % 251)
  const square: Picture = { width: 33, height: 33, channels: 1, data }
  const turned = applyStep(square, { op: 'rotate', degrees: 90 }, 255)
  // What was at the left, above, is now at the right, above.
  expect(turned.data[32]).toBe(square.data[0])
  expect(turned.data[0]).toBe(square.data[32 * 33])
  expect(turned.data.toSorted()).toEqual(square.data.toSorted())
})

test('what is erased is filled from around it without a seam', () => {
  const before = gradient()
  const marked = applyStep(before, { op: 'hide', x: 20, y: 20, width: 10, height: 10, level: 1 }, 255)
  const step: Step = { op: 'erase', points: [[25, 25]], radius: 9 }
  const filled = applyStep(marked, step, 255)
  const off = filled.data.map((value, i) => Math.abs(value - (before.data[i] as number)))
  expect(Math.max(...off)).toBeLessThanOrEqual(3)
  expect(Math.max(...marked.data.map((value, i) => Math.abs(value - (before.data[i] as number))))).toBeGreaterThan(90)
})

test('a brush covers what is near its line and nothing else', () => {
  const step: Step = {
    op: 'paint',
    points: [
      [10, 10],
      [40, 30],
    ],
    radius: 4,
    level: 1,
  }
  const black = { ...gradient(), data: new Uint8Array(WIDTH * HEIGHT) }
  const painted = applyStep(black, step, 255)
  const length = Math.hypot(30, 20)
  painted.data.forEach((value, i) => {
    const [x, y] = [(i % WIDTH) + 0.5 - 10, Math.floor(i / WIDTH) + 0.5 - 10]
    const along = Math.min(1, Math.max(0, (x * 30 + y * 20) / length ** 2))
    expect(value === 255).toBe(Math.hypot(x - along * 30, y - along * 20) <= 4)
  })
})

test('a long stroke with the widest brush covers all', () => {
  const large: Picture = { width: 2_000, height: 2_000, channels: 1, data: new Uint8Array(4e6) }
  const points = Array.from({ length: 2_000 }, (_, i): [number, number] => [(i % 2) * 2_000, i])
  const painted = applyStep(large, { op: 'paint', points, radius: 500, level: 1 }, 255)
  expect(painted.data.every((value) => value === 255)).toBe(true)
})

describe('what leaves nothing to judge', () => {
  const all = { x: 0, y: 0, width: WIDTH, height: HEIGHT }
  const everywhere: [number, number][] = [
    [0, 0],
    [WIDTH, HEIGHT],
  ]
  test.each<[string, Step, string]>([
    ['hiding all', { op: 'hide', ...all, level: 0 }, 'what-if-empty'],
    ['painting all', { op: 'paint', points: everywhere, radius: 200, level: 0.5 }, 'what-if-empty'],
    ['erasing all', { op: 'erase', points: everywhere, radius: 200 }, 'what-if-empty'],
    ['a crop of one pixel', { op: 'crop', x: 10, y: 10, width: 1, height: 1 }, 'what-if-too-small'],
    ['a crop beside the picture', { op: 'crop', x: 100, y: 0, width: 50, height: 50 }, 'what-if-outside'],
  ])('%s is refused with the number of the step', (_, step, code) => {
    expect(() => edit(picture(1, 8), step, 255, 3)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ step: 3 }) }),
    )
  })

  test('a border that would make it too large', () => {
    const large: Picture = { width: 6_000, height: 6_000, channels: 1, data: new Uint8Array(36e6) }
    expect(() => edit(large, { op: 'border', width: 0.5 }, 255, 1)).toThrow(
      expect.objectContaining({ code: 'what-if-too-large' }),
    )
  })
})
