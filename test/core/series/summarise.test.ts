import { describe, expect, it } from 'vitest'
import type { Limits } from '../../../src/main/core/series/scope.ts'
import { summarise } from '../../../src/main/core/series/summarise.ts'
import type { SeriesMember, StackAnswer } from '../../../src/main/store/types.ts'
import type { DicomFacts } from '../../../src/shared/dicom.ts'
import type { Label } from '../../../src/shared/labels.ts'
import { isOtherSequence } from '../../../src/shared/sequence.ts'
import { SERIES_CAUTIONS } from '../../../src/shared/series.ts'
import { newResult } from '../../support/cases.ts'
import { sliceFacts, sure } from '../../support/series.ts'

const NO_LIMITS: Limits = { distance: null, head: null }
const STATISTICS = { brightness: 80, contrast: 50, sharpness: 3, noise: 1, head: 0.6 }

interface Change {
  facts?: Partial<DicomFacts>
  answer?: Partial<StackAnswer>
}

function member(
  mm: number,
  label: Label,
  p = 0.9,
  { facts, answer }: Change = {},
): SeriesMember & { answer: StackAnswer } {
  const { caseId, image, dicom, ...said } = newResult(`case-${mm}`, { ...sure(label, p), statistics: STATISTICS })
  return {
    ...{ caseId, sha256: `${mm}`, receivedAt: '2026-01-01T00:00:00.000Z', receivedBy: 'Dr A', source: 'file' },
    ...{
      state: 'analysed',
      facts: sliceFacts(mm, facts),
      answer: { ...said, ...answer },
      seriesId: null,
      seriesState: null,
    },
  }
}

const summaryOf = (members: SeriesMember[], limits = NO_LIMITS) => summarise(members, () => limits)

describe('the answer of a series', () => {
  it('is the mean of the three neighbours that look most like a tumour', () => {
    const members = [
      ...[0, 5, 10].map((mm) => member(mm, 'notumor')),
      ...[15, 20, 25].map((mm, i) => member(mm, 'glioma', [0.7, 0.9, 0.8][i])),
      ...[30, 35].map((mm) => member(mm, 'notumor')),
    ]
    const { answer, standing } = summaryOf(members)
    expect(answer).toMatchObject({ label: 'glioma' })
    expect(answer?.confidences.glioma).toBeCloseTo(0.8)
    expect(standing).toMatchObject({ counted: 8, deciding: ['case-15', 'case-20', 'case-25'], key: 'case-20' })
  })

  it('is not made by one slice that stands alone', () => {
    const { answer } = summaryOf([0, 5, 10, 15, 20].map((mm) => member(mm, mm === 10 ? 'glioma' : 'notumor', 0.95)))
    expect(answer?.label).toBe('notumor')
  })

  it('takes as many thin slices as span 10 mm', () => {
    const thin = Array.from({ length: 40 }, (_, mm) => member(mm, mm >= 20 && mm < 23 ? 'glioma' : 'notumor', 0.95))
    const { answer, standing } = summaryOf(thin)
    expect(standing.deciding).toHaveLength(11)
    expect(answer?.label).toBe('notumor')
  })

  it('is that of all that count where they are fewer', () => {
    expect(summaryOf([member(0, 'glioma'), member(5, 'glioma')]).standing.deciding).toEqual(['case-0', 'case-5'])
  })

  it('says what must be said beside it', () => {
    const { cautions } = summaryOf([member(0, 'glioma'), member(5, 'glioma')]).standing
    expect(cautions).toEqual([expect.stringContaining('has not been measured')])
    const split = [0, 5].map((mm) => member(mm, mm === 0 ? 'glioma' : 'pituitary'))
    expect(summaryOf(split).standing.cautions).toContain(SERIES_CAUTIONS.split)
    const bare = [0, 5].map((mm) => member(mm, 'glioma', 0.9, { facts: { contrastAgent: '' } }))
    expect(summaryOf(bare).standing.cautions).toHaveLength(2)
  })

  it('has no label where no slice counts', () => {
    const computed = [0, 5, 10].map((mm) => member(mm, 'glioma', 0.9, { facts: { modality: 'CT' } }))
    const { answer, standing } = summaryOf(computed)
    expect(answer).toMatchObject({ label: null, gate: { verdict: 'outside', reasons: ['few', 'modality'] }, set: null })
    expect(standing).toMatchObject({ counted: 0, deciding: [], key: 'case-5' })
  })
})

describe('neighbours', () => {
  const ct: Change = { facts: { modality: 'CT' } }
  const decidingOf = (members: SeriesMember[]) => summaryOf(members).standing.deciding

  it('are not taken across what is not counted', () => {
    const members = [
      ...[0, 5].map((mm) => member(mm, 'glioma')),
      member(10, 'notumor', 0.9, ct),
      member(15, 'glioma'),
      ...[20, 25, 30].map((mm) => member(mm, 'notumor')),
    ]
    expect(decidingOf(members)).toEqual(['case-15', 'case-20', 'case-25'])
    expect(summaryOf(members).answer?.label).toBe('notumor')
  })

  it('are not taken across a slice that is missing', () => {
    const members = [0, 5, 15, 20, 25].map((mm) => member(mm, mm < 20 ? 'glioma' : 'notumor'))
    expect(decidingOf(members)).toEqual(['case-15', 'case-20', 'case-25'])
  })

  it('are parted by no copy', () => {
    const copy = { ...member(5, 'glioma', 0.9, { facts: { position: [0, 0, 5], instanceNumber: 6 } }), caseId: 'copy' }
    expect(decidingOf([member(0, 'glioma'), member(5, 'glioma'), copy, member(10, 'glioma')])).toEqual([
      'case-0',
      'case-5',
      'case-10',
    ])
  })

  it('are those of the file numbers where the files do not say where they lie', () => {
    const nowhere: Change = { facts: { position: null, orientation: null } }
    const members = [0, 1, 2, 3].map((mm) => member(mm, mm === 3 ? 'notumor' : 'glioma', 0.9, nowhere))
    expect(decidingOf(members)).toEqual(['case-0', 'case-1', 'case-2'])
  })

  it('that are none leave the series without an answer', () => {
    const members = [0, 5, 10, 15, 20].map((mm) => member(mm, 'glioma', 0.9, mm === 10 ? ct : {}))
    expect(summaryOf(members).answer).toMatchObject({ label: null, gate: { verdict: 'outside', reasons: ['apart'] } })
    // Of a stack of three one too few, though all that there is decides where there are two.
    expect(summaryOf([0, 5, 10].map((mm) => member(mm, 'glioma', 0.9, mm === 10 ? ct : {}))).answer?.label).toBeNull()
  })
})

describe('a series of which the model knows less than half', () => {
  const outside: Change = { answer: { label: null, gate: { verdict: 'outside', reasons: ['shape'] } } }
  const withOutside = (n: number) => [
    ...[0, 5, 10].map((mm) => member(mm, 'glioma')),
    ...Array.from({ length: n }, (_, i) => member(15 + 5 * i, 'notumor', 0.9, outside)),
  ]

  it('is not judged', () => {
    expect(summaryOf(withOutside(3)).answer).toMatchObject({ label: 'glioma' })
    expect(summaryOf(withOutside(4)).answer).toMatchObject({ label: null, gate: { reasons: ['few'] } })
  })

  it('is called doubtful where less than half counts without a caution', () => {
    expect(summaryOf(withOutside(3)).standing.cautions).not.toContain(SERIES_CAUTIONS.doubtful)
    const unsure = withOutside(3).map((one, i) =>
      i === 0 ? { ...one, answer: { ...one.answer, gate: { verdict: 'borderline' as const, reasons: [] } } } : one,
    )
    expect(summaryOf(unsure).standing.cautions).toContain(SERIES_CAUTIONS.doubtful)
  })

  it('is so whatever its ends are like, and however often a slice comes', () => {
    const edge: Change = { answer: { statistics: { ...STATISTICS, head: 0.1 } } }
    const members = [...withOutside(3), ...[50, 55, 60, 65].map((mm) => member(mm, 'notumor', 0.9, edge))]
    expect(summaryOf(members, { distance: null, head: 0.25 }).answer?.label).toBe('glioma')
  })
})

describe('a slice is not counted', () => {
  const scopeOf = (change: Change, limits = NO_LIMITS) =>
    summaryOf([member(0, 'glioma'), member(5, 'glioma', 0.9, change), member(10, 'glioma')], limits).slices.find(
      ({ caseId }) => caseId === 'case-5',
    )?.scope

  it.each<[string, Change, Limits]>([
    ['counted', {}, NO_LIMITS],
    ['modality', { facts: { modality: 'CT' } }, NO_LIMITS],
    ['sequence', { facts: { seriesDescription: 'ax T2 FLAIR' } }, NO_LIMITS],
    ['sequence', { facts: { echoTime: 90 } }, NO_LIMITS],
    ['plane', { facts: { orientation: [0, 1, 0, 0, 0, -1] } }, NO_LIMITS],
    ['copy', { facts: { position: [0, 0, 0] } }, NO_LIMITS],
    ['copy', { facts: { instanceUid: sliceFacts(0).instanceUid } }, NO_LIMITS],
    ['edge', { answer: { statistics: { ...STATISTICS, head: 0.2 } } }, { distance: null, head: 0.25 }],
    ['unlike', { answer: { distance: 3 } }, { distance: 2, head: null }],
    ['counted', { answer: { distance: 1.9 } }, { distance: 2, head: null }],
  ])('but marked: %s', (scope, change, limits) => {
    expect(scopeOf(change, limits)).toBe(scope)
  })

  it('where another model answered it than the newest', () => {
    const old = member(5, 'glioma', 0.9, { answer: { weightsSha256: 'c'.repeat(64) } })
    const newest = { ...member(10, 'glioma'), receivedAt: '2026-01-02T00:00:00.000Z' }
    expect(summaryOf([member(0, 'glioma'), old, newest]).slices.map(({ scope }) => scope)).toEqual([
      'counted',
      'model',
      'counted',
    ])
  })
})

it('says where its order is taken from when no file says where its slices lie', () => {
  const unplaced = (frames: number) =>
    [0, 1, 2, 3].map((n) => ({
      ...member(n, 'glioma', 0.9, { facts: { position: null, frames, frame: n + 1 } }),
      sha256: 'one file',
    }))
  const frames = summaryOf(unplaced(4).toReversed())
  expect(frames.slices.map(({ caseId, mm, scope }) => [caseId, mm, scope])).toEqual(
    [0, 1, 2, 3].map((n) => [`case-${n}`, null, 'counted']),
  )
  expect(frames.standing.cautions).toContain(SERIES_CAUTIONS.frameOrder)
  expect(summaryOf(unplaced(1)).standing.cautions).toContain(SERIES_CAUTIONS.numberOrder)
  expect(summaryOf([0, 5, 10].map((mm) => member(mm, 'glioma'))).standing.cautions).not.toContain(
    SERIES_CAUTIONS.numberOrder,
  )
})

it.each([
  [{ seriesDescription: 't1_mprage_sag' }, false],
  [{ seriesDescription: 'AX T1 POST GD' }, false],
  [{ seriesDescription: 'T1 FLAIR' }, false],
  [{ seriesDescription: 'Ax T2 TSE' }, true],
  [{ seriesDescription: 'ep2d_diff', sequenceName: 'DWI' }, true],
  [{ seriesDescription: 'Head' }, false],
  [{ seriesDescription: 'MPRAGE', inversionTime: 1_000, echoTime: 3 }, false],
  [{ seriesDescription: 'dark fluid', inversionTime: 2_500, echoTime: 90 }, true],
  [{ seriesDescription: 'swirl' }, false],
])('another sequence, by the file: %j → %s', (change, other) => {
  expect(isOtherSequence(sliceFacts(0, { sequenceName: '', ...change }))).toBe(other)
})

describe('what the input gate says of slices', () => {
  const outside = { answer: { label: null, gate: { verdict: 'outside' as const, reasons: ['unlike' as const] } } }

  it('takes those that are outside out of the count, whatever the network gives for them', () => {
    const members = [
      ...[0, 5, 10].map((mm) => member(mm, 'notumor')),
      ...[15, 20, 25].map((mm) => member(mm, 'glioma', 0.99, outside)),
    ]
    const { answer, slices, standing } = summaryOf(members)
    expect(answer?.label).toBe('notumor')
    expect(standing.counted).toBe(3)
    expect(slices.map(({ scope }) => scope)).toEqual([...Array(3).fill('counted'), ...Array(3).fill('outside')])
  })

  it('leaves no answer where all are', () => {
    const { answer } = summaryOf([0, 5, 10].map((mm) => member(mm, 'glioma', 0.99, outside)))
    expect(answer).toMatchObject({ label: null, gate: { verdict: 'outside', reasons: ['few'] } })
  })

  it('goes with the answer where one that decides is borderline', () => {
    const gated = (mm: number, reasons: ('noisy' | 'cut')[]) =>
      member(mm, 'glioma', 0.9, {
        answer: { gate: { verdict: reasons.length > 0 ? 'borderline' : 'near', reasons }, set: ['glioma'] },
      })
    const { answer } = summaryOf([gated(0, []), gated(5, ['cut']), gated(10, ['noisy', 'cut'])])
    expect(answer).toMatchObject({ gate: { verdict: 'borderline', reasons: ['noisy', 'cut'] }, set: null })
    expect(summaryOf([0, 5, 10].map((mm) => gated(mm, []))).answer?.gate).toEqual({ verdict: 'near', reasons: [] })
    // A slice from before there was a gate.
    expect(summaryOf([gated(0, []), gated(5, []), member(10, 'glioma')]).answer?.gate).toBeNull()
  })
})
