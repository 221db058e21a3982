import { expect, it } from 'vitest'
import { CHECKS, judgeInput } from '../../../src/main/engine/input-gate/index.ts'
import type { Asked, GateLimits, Look } from '../../../src/main/engine/input-gate/types.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import { GATE_REASONS, type GateReason } from '../../../src/shared/input-gate.ts'
import { DICOM_FACTS } from '../../support/cases.ts'

const LIMITS: GateLimits = { distance: { borderline: 2, outside: 3 } }

interface Change {
  look?: Partial<Look>
  dicom?: Partial<DicomFacts>
  distance?: number | null
  limits?: GateLimits
}

/** A slice with nothing wrong, but for what is changed. */
function gateOf({ look, dicom, distance = 1, limits = LIMITS }: Change) {
  const asked: Asked = {
    look: { width: 256, height: 256, colour: false, varied: 0.6, ...look },
    statistics: { brightness: 80, contrast: 50, sharpness: 3, noise: 1, head: 0.6 },
    dicom: dicom && { ...DICOM_FACTS, seriesDescription: 'AX T1 POST', ...dicom },
    distance,
  }
  return judgeInput(asked, limits)
}

it('has each reason once, and a check for each', () => {
  const reasons = CHECKS.map(({ reason }) => reason)
  expect(new Set(reasons).size).toBe(reasons.length)
  for (const reason of reasons) expect(GATE_REASONS[reason].length).toBeGreaterThan(10)
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
  ['colour', { look: { colour: true } }],
  ['small', { look: { height: 48 } }],
  ['unlike', { distance: 3.1 }],
]

it.each(OUTSIDE)('refuses what is %s', (reason, change) => {
  expect(gateOf(change)).toEqual({ verdict: 'outside', reasons: [reason] })
})

const BORDERLINE: [GateReason, Change][] = [
  ['small', { look: { width: 100 } }],
  ['unlike', { distance: 2.5 }],
  ['unjudged', { distance: null }],
  ['unjudged', { limits: { distance: null } }],
]

it.each(BORDERLINE)('has a caution for what is %s', (reason, change) => {
  expect(gateOf(change)).toEqual({ verdict: 'borderline', reasons: [reason] })
})

it('names the gravest first', () => {
  const change = { look: { width: 100 }, distance: 4 }
  expect(gateOf(change)).toEqual({ verdict: 'outside', reasons: ['unlike', 'small'] })
})
