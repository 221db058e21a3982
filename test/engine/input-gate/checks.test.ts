import { expect, it } from 'vitest'
import { CHECKS, judgeInput } from '../../../src/main/engine/input-gate/index.ts'
import type { Asked, GateLimits, Look } from '../../../src/main/engine/input-gate/types.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import { GATE_REASONS, type GateReason } from '../../../src/shared/input-gate.ts'
import type { InputStatistics } from '../../../src/shared/input-statistics.ts'
import { DICOM_FACTS } from '../../support/cases.ts'

const LIMITS: GateLimits = {
  distance: { borderline: 2, outside: 3 },
  shape: { borderline: 7, outside: 9 },
  // The only one that is too low.
  sharpness: { borderline: 2, outside: 1 },
  noise: { borderline: 10, outside: 20 },
  clipped: { borderline: 0.1, outside: 0.2 },
  cut: { borderline: 0.4, outside: 0.8 },
  marks: { borderline: 0.06, outside: 0.12 },
  pattern: { borderline: 1.1, outside: 1.4 },
}

interface Change {
  look?: Partial<Look>
  statistics?: Partial<InputStatistics>
  dicom?: Partial<DicomFacts>
  distance?: number | null
  shape?: number | null
  limits?: GateLimits
}

/** A slice with nothing wrong, but for what is changed. */
function gateOf({ look, statistics, dicom, distance = 1, shape = 5, limits = LIMITS }: Change) {
  const asked: Asked = {
    look: {
      ...{ width: 256, height: 256, coloured: 0, varied: 0.6 },
      ...{ clipped: 0, cut: 0, marks: 0, pattern: 1 },
      ...look,
    },
    statistics: { brightness: 80, contrast: 50, sharpness: 3, noise: 1, head: 0.6, ...statistics },
    dicom: dicom && { ...DICOM_FACTS, seriesDescription: 'AX T1 POST', ...dicom },
    ...{ distance, shape },
  }
  return judgeInput(asked, limits)
}

it('has a check for each reason that an image can have; the others are of a series', () => {
  const checked = [...CHECKS.map(({ reason }) => reason), 'few', 'apart']
  expect(checked.sort()).toEqual(Object.keys(GATE_REASONS).sort())
})

it('lets a slice pass with which nothing is wrong', () => {
  expect(gateOf({})).toEqual({ verdict: 'near', reasons: [] })
  expect(gateOf({ dicom: {} })).toEqual({ verdict: 'near', reasons: [] })
})

const OUTSIDE: [GateReason, Change][] = [
  ['empty', { look: { varied: 0.001 } }],
  ['modality', { dicom: { modality: 'CT' } }],
  ['sequence', { dicom: { seriesDescription: 'AX T2 FLAIR' } }],
  ['sequence', { dicom: { echoTime: 90 } }],
  ['plane', { dicom: { orientation: [0.8, 0.6, 0, -0.42, 0.56, 0.714] } }],
  ['colour', { look: { coloured: 0.2 } }],
  ['small', { look: { height: 48 } }],
  ['shape', { shape: 9.1 }],
  ['unlike', { distance: 3.1 }],
  ['screen', { look: { pattern: 1.5 } }],
  ['blurred', { statistics: { sharpness: 0.9 } }],
  ['clipped', { look: { clipped: 0.3 } }],
  ['noisy', { statistics: { noise: 21 } }],
  ['cut', { look: { cut: 0.9 } }],
  ['text', { look: { marks: 0.13 } }],
]

it.each(OUTSIDE)('refuses what is %s', (reason, change) => {
  expect(gateOf(change)).toEqual({ verdict: 'outside', reasons: [reason] })
})

const BORDERLINE: [GateReason, Change][] = [
  ['colour', { look: { coloured: 0.05 } }],
  ['small', { look: { width: 100 } }],
  ['shape', { shape: 8 }],
  ['unlike', { distance: 2.5 }],
  ['screen', { look: { pattern: 1.2 } }],
  ['blurred', { statistics: { sharpness: 1.9 } }],
  ['clipped', { look: { clipped: 0.15 } }],
  ['noisy', { statistics: { noise: 11 } }],
  ['cut', { look: { cut: 0.5 } }],
  ['text', { look: { marks: 0.07 } }],
  ['unjudged', { distance: null }],
  ['unjudged', { shape: null }],
  ['unjudged', { limits: null }],
]

it.each(BORDERLINE)('has a caution for what is %s', (reason, change) => {
  expect(gateOf(change)).toEqual({ verdict: 'borderline', reasons: [reason] })
})

it('names the gravest first', () => {
  const change = { look: { width: 100 }, distance: 4 }
  expect(gateOf(change)).toEqual({ verdict: 'outside', reasons: ['unlike', 'small'] })
})

it('refuses without limits what needs none', () => {
  const change = { dicom: { modality: 'CT' }, limits: null }
  expect(gateOf(change)).toEqual({ verdict: 'outside', reasons: ['modality', 'unjudged'] })
})
