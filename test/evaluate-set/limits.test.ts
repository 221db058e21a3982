import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { conformalLimits } from '../../src/main/engine/evaluate/conformal.ts'
import { limitsFor } from '../../src/main/engine/evaluate-set/limits.ts'
import type { Model } from '../../src/main/engine/types.ts'
import type { CalibratedBy, CalibrationRow } from '../../src/shared/calibration-images.ts'
import type { ModelManifest } from '../../src/shared/model.ts'

const hashOf = (name: string) => createHash('sha256').update(name).digest('hex')
const TEMPERATURE = 2

/** A glioma whose probability with the temperature is `p`, the rest of it “no tumour”. */
const glioma = (name: string, p: number): CalibrationRow => [
  ...([hashOf(name), 0, null] as const),
  ...([TEMPERATURE * Math.log(p), -1e4, TEMPERATURE * Math.log(1 - p), -1e4] as const),
]
const ROWS = [glioma('a', 0.9), glioma('b', 0.8), glioma('c', 0.7), glioma('d', 0.6)]

function model(by: CalibratedBy = 'own-validation', images: CalibrationRow[] = ROWS) {
  const calibration = { file: 'calibration.json', sha256: hashOf('file'), by }
  const manifest = { temperature: TEMPERATURE, calibration } as ModelManifest
  return {
    manifest,
    calibration: { format: 1, dataSha256: hashOf('set'), runs: ['f0', 'f1'], images },
  } satisfies Pick<Model, 'manifest' | 'calibration'>
}

const measured = (...names: string[]) => names.map((name) => ({ sha256: hashOf(name), unit: name }))
/** The limit of gliomas for sets that may miss four in ten. */
const limit = (found: ReturnType<typeof limitsFor>) =>
  found.calibration &&
  conformalLimits(found.calibration.probabilities, found.calibration.validation.rows.truth, 4, 0.4)[0]

describe('what sets the limits of a column', () => {
  it('are the model’s calibration images, at the temperature that it serves with', () => {
    const found = limitsFor(model(), measured('x'), new Set())
    // Scores 1 − p of 0.1, 0.2, 0.3, 0.4: (4 + 1) · 0.6 = 3, the third smallest.
    expect(limit(found)).toBeCloseTo(0.3, 12)
    expect(found.calibration?.temperature).toBe(TEMPERATURE)
    expect(found.limitsBy).toBe(
      '4 validation images of its own training, which chose its epoch and temperature as well',
    )
  })

  it('is no image that is measured there: by its bytes, whatever it is called', () => {
    const found = limitsFor(model('cross-validation'), measured('b', 'x'), new Set())
    // Left are 0.1, 0.3, 0.4: (3 + 1) · 0.6 = 2.4, the third smallest.
    expect(limit(found)).toBeCloseTo(0.4, 12)
    expect(found.limitsBy).toBe(
      '3 images that the 2 trainings of its cross-validation held out, as their networks called them, with the temperature of this model; 1 more are measured here and were left out',
    )
  })

  it('is nothing where all of them are measured there, or none came with the model; and says which', () => {
    expect(limitsFor(model(), measured('a', 'b', 'c', 'd'), new Set())).toEqual({
      calibration: undefined,
      limitsBy: 'none: all 4 images that could set them are measured here',
    })
    const { manifest } = model()
    expect(limitsFor({ manifest, calibration: null }, measured('x'), new Set())).toEqual({
      calibration: undefined,
      limitsBy: 'none: no validation images came with the model',
    })
  })

  it('is told with how many images show the same patients, or are copies', () => {
    const { limitsBy } = limitsFor(model(), measured('x', 'y', 'z'), new Set(['x', 'z']))
    expect(limitsBy).toContain('; 2 of the 3 images here share a patient with them or are near-copies')
  })

  it('counts the same bytes as often as the set has them', () => {
    const { calibration } = limitsFor(model('own-validation', [...ROWS, glioma('a', 0.9)]), measured('x'), new Set())
    expect(calibration?.validation.rows.ids).toHaveLength(5)
  })
})
