import { fixed } from '../../shared/language.ts'
import { STEP_RANGES, type Step } from '../../shared/what-if.ts'
import { whatIfTexts as t } from './texts.ts'

/** One slider of the tools: what it shows, and the step that its value makes. */
export interface Adjustment {
  name: string
  op: Step['op']
  min: number
  max: number
  step: number
  /** Changes nothing. */
  neutral: number
  /** Of the last step, where that is of this operation. */
  valueOf(last: Step): number
  /** `last` is the step that it takes the place of. */
  make(value: number, last: Step | undefined): Step
  told(value: number): string
}

/** Sliders of multiples move as far down as up. */
const log = (factor: number) => Math.log2(factor)
const times = (exponent: number) => Number((2 ** exponent).toFixed(3))
const percent = (value: number) => `${Math.round(100 * value)} %`

type Kind<O extends Step['op']> = Extract<Step, { op: O }>

/** In the order in which they are shown. */
export const ADJUSTMENTS: Adjustment[] = [
  {
    ...{
      name: t.operations.rotate,
      op: 'rotate',
      min: STEP_RANGES.degrees[0],
      max: STEP_RANGES.degrees[1],
      step: 1,
      neutral: 0,
    },
    valueOf: (last) => (last as Kind<'rotate'>).degrees,
    make: (degrees) => ({ op: 'rotate', degrees }),
    told: (value) => `${value}°`,
  },
  {
    ...{
      name: t.operations.zoom,
      op: 'zoom',
      min: log(STEP_RANGES.factor[0]),
      max: log(STEP_RANGES.factor[1]),
      step: 0.05,
      neutral: 0,
    },
    valueOf: (last) => log((last as Kind<'zoom'>).factor),
    make: (value) => ({ op: 'zoom', factor: times(value) }),
    told: (value) => `× ${fixed(times(value), 2)}`,
  },
  {
    ...{ name: t.shiftX, op: 'shift', min: STEP_RANGES.shift[0], max: STEP_RANGES.shift[1], step: 0.01, neutral: 0 },
    valueOf: (last) => (last as Kind<'shift'>).x,
    make: (x, last) => ({ op: 'shift', x, y: last?.op === 'shift' ? last.y : 0 }),
    told: percent,
  },
  {
    ...{ name: t.shiftY, op: 'shift', min: STEP_RANGES.shift[0], max: STEP_RANGES.shift[1], step: 0.01, neutral: 0 },
    valueOf: (last) => (last as Kind<'shift'>).y,
    make: (y, last) => ({ op: 'shift', x: last?.op === 'shift' ? last.x : 0, y }),
    told: percent,
  },
  {
    ...{
      name: t.operations.brightness,
      op: 'brightness',
      min: STEP_RANGES.brightness[0],
      max: STEP_RANGES.brightness[1],
    },
    ...{ step: 0.01, neutral: 0 },
    valueOf: (last) => (last as Kind<'brightness'>).by,
    make: (by) => ({ op: 'brightness', by }),
    told: percent,
  },
  {
    ...{
      name: t.operations.contrast,
      op: 'contrast',
      min: -2,
      max: log(STEP_RANGES.contrast[1]),
      step: 0.05,
      neutral: 0,
    },
    valueOf: (last) => log((last as Kind<'contrast'>).factor),
    make: (value) => ({ op: 'contrast', factor: times(value) }),
    told: (value) => `× ${fixed(times(value), 2)}`,
  },
  {
    ...{ name: t.operations.gamma, op: 'gamma', min: -2, max: 2, step: 0.05, neutral: 0 },
    valueOf: (last) => log((last as Kind<'gamma'>).gamma),
    make: (value) => ({ op: 'gamma', gamma: times(value) }),
    told: (value) => fixed(times(value), 2),
  },
  {
    ...{
      name: t.operations.blur,
      op: 'blur',
      min: STEP_RANGES.blur[0],
      max: STEP_RANGES.blur[1],
      step: 0.1,
      neutral: 0,
    },
    valueOf: (last) => (last as Kind<'blur'>).sigma,
    make: (sigma) => ({ op: 'blur', sigma }),
    told: (value) => `${fixed(value, 1)} px`,
  },
  {
    ...{
      name: t.operations.noise,
      op: 'noise',
      min: STEP_RANGES.noise[0],
      max: STEP_RANGES.noise[1],
      step: 0.01,
      neutral: 0,
    },
    valueOf: (last) => (last as Kind<'noise'>).sigma,
    make: (sigma, last) => ({ op: 'noise', sigma, seed: last?.op === 'noise' ? last.seed : newSeed() }),
    told: percent,
  },
  {
    ...{
      name: t.operations.border,
      op: 'border',
      min: STEP_RANGES.border[0],
      max: STEP_RANGES.border[1],
      step: 0.01,
      neutral: 0,
    },
    valueOf: (last) => (last as Kind<'border'>).width,
    make: (width) => ({ op: 'border', width }),
    told: percent,
  },
  {
    ...{
      name: t.operations.resolution,
      op: 'resolution',
      min: STEP_RANGES.resolution[0],
      max: STEP_RANGES.resolution[1],
    },
    ...{ step: 0.02, neutral: 1 },
    valueOf: (last) => (last as Kind<'resolution'>).share,
    make: (share) => ({ op: 'resolution', share }),
    told: percent,
  },
]

/** Another one for each new step; it stands in the step, so that the same noise can be made again. */
const newSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0

/** Whether the step changes nothing, so that none is kept of it. */
export const isNeutral = (step: Step): boolean =>
  step.op === 'shift'
    ? step.x === 0 && step.y === 0
    : ADJUSTMENTS.some((one) => one.op === step.op && Math.abs(one.valueOf(step) - one.neutral) < 1e-9)
