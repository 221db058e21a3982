import { describe, expect, it } from 'vitest'
import { operatingPointOf } from '../../src/main/engine/package-run/operating-point.ts'
import type { CalibrationRow } from '../../src/shared/calibration-images.ts'
import type { Column } from '../../src/shared/evaluation-report.ts'
import type { ModelManifest } from '../../src/shared/model.ts'

/** An image whose probability of a tumour is `p`; the truth by its place in the labels. */
const row = (i: number, truth: number, p: number): CalibrationRow => [
  ...([`${i}`.padStart(64, '0'), truth, null] as const),
  ...([Math.log(p), -1e4, Math.log(1 - p), -1e4] as const),
]
/** Twenty tumours at 0.80, 0.81 … 0.99 and twenty images without one at 0.01, 0.02 … 0.19 and, the last, 0.9. */
const TUMOURS = Array.from({ length: 20 }, (_, i) => row(i, 0, 0.8 + i / 100))
const NONE = Array.from({ length: 20 }, (_, i) => row(20 + i, 2, i === 19 ? 0.9 : (i + 1) / 100))

function told(images: CalibrationRow[] | null, columns: Column[] = []): string {
  const calibration = { file: 'calibration.json', sha256: '0'.repeat(64), by: 'own-validation' } as const
  const manifest = { id: 'mine-1', temperature: 1, ...(images && { calibration }) } as ModelManifest
  return operatingPointOf(
    { manifest, calibration: images && { format: 1, dataSha256: '0'.repeat(64), runs: ['mine'], images } },
    columns,
  )
}

describe('the operating point on a card', () => {
  it('has thresholds of the validation images, worked by hand', () => {
    const text = told([...TUMOURS, ...NONE])
    expect(text).toContain('set on 40 validation images of its own training')
    // 95 % of 20 may have one above: all from 0.8 on are called tumours, 0.9 among them.
    expect(text).toContain('0.8 for 95 % specificity (100 % of the tumours there reach it)')
    // 99 % may have none: only 0.91 … 0.99 are left, nine of twenty.
    expect(text).toContain('0.91 for 99 % specificity (45.0 % of the tumours there reach it)')
  })

  it('tells what they gave on images that it did not learn from, its own apart from its cross-validation', () => {
    const column = (title: string, model: string, seenInTraining: Column['seenInTraining']) =>
      ({
        ...{ title, model, seenInTraining },
        evaluation: {
          atValidationThreshold: [{ wanted: 0.95, thresholds: [0.8], sensitivity: 0.5, specificity: 0.25 }],
          tumourCalledNone: { of: 8 },
          noneCalledTumour: { of: 4 },
        },
      }) as unknown as Column
    const text = told(
      [...TUMOURS, ...NONE],
      [
        column('Test', 'mine-1', 'some'),
        column('Training', 'mine-1', 'all'),
        column('Held out', 'runs f0, f1', 'none'),
      ],
    )
    const gave = 'gave a sensitivity of 50.0 % (8 tumours) and a specificity of 25.0 % (4 without) on'
    expect(text).toContain(`That for 95 % ${gave} “Test”, some of which it learned from.`)
    expect(text).toContain(`that were set on the images of the other trainings ${gave} “Held out”.`)
    expect(text).not.toContain('“Training”')
  })

  it('says why there are no thresholds', () => {
    expect(told(null)).toContain('no thresholds to read beside it (none: no validation images came with the model)')
    expect(told(TUMOURS)).toContain('no thresholds to read beside it: its validation images are of one kind')
  })
})
