import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import { interplayOf } from '../../src/shared/interplay.ts'
import type { Impression } from '../../src/shared/reading.ts'
import { changesOf, type ReadingFilter, shareOf } from '../../src/shared/reading-changes.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { analysed, saying, signed } from '../support/second.ts'

async function openTestStore() {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  return store
}

/** The AI says glioma. The id of the case and of the verdict. */
async function read(store: Store, reader: string, thought: Impression, said: Impression) {
  const id = await analysed(store)
  await store.addImpression({ caseId: id, reader, impression: thought })
  return { id, verdictId: await signed(store, id, reader, said) }
}

const ANY = { from: null, until: null }
const month = new Date().toISOString().slice(0, 7)

describe('how readings changed', () => {
  it('by what the impression was, what the answer said and what was signed', async () => {
    const store = await openTestStore()
    const readings: [Impression, Impression][] = [
      ['glioma', 'glioma'],
      ['meningioma', 'meningioma'],
      ['cannot-tell', 'cannot-tell'],
      ['meningioma', 'glioma'],
      ['cannot-tell', 'glioma'],
      ['glioma', 'notumor'],
      ['meningioma', 'other'],
    ]
    for (const [thought, said] of readings) await read(store, 'Dr A', thought, said)
    // Neither a draft nor a reading without an impression counts.
    const draft = await analysed(store)
    await store.addImpression({ caseId: draft, reader: 'Dr A', impression: 'meningioma' })
    await store.review(saying(draft, 'Dr A', 'glioma'))
    await signed(store, await analysed(store), 'Dr A', 'glioma')
    const counts = await store.readingChanges(ANY, null)
    const { n, known, changes } = changesOf(counts)
    expect([n, known]).toEqual([7, 0])
    expect(Object.values(changes).map((share) => share.of)).toEqual([3, 2, 1, 1])
    expect(counts.every((one) => one.truth === 'unknown' && one.day.startsWith(month))).toBe(true)
  })

  it('is of the first signature: what was learnt later is no work of the answer', async () => {
    const store = await openTestStore()
    const { id, verdictId } = await read(store, 'Dr A', 'meningioma', 'meningioma')
    await store.amend({ ...saying(id, 'Dr A', 'glioma'), verdictId, reason: 'pathology' })
    expect(await store.readingChanges(ANY, null)).toMatchObject([{ change: 'unchanged', n: 1 }])
  })

  it('to the better or the worse where a third reader decided, of the first and the second reader', async () => {
    const store = await openTestStore()
    const decided = async (readings: [Impression, Impression][], truth: Impression) => {
      const [[thought, said] = [], other = []] = readings
      const { id, verdictId } = await read(store, 'Dr A', thought as Impression, said as Impression)
      await store.markForSecond(id, 'Dr A')
      await store.addImpression({ caseId: id, reader: 'Dr B', impression: other[0] as Impression })
      const waiting = (await store.readingChanges(ANY, null)).reduce((sum, one) => sum + one.n, 0)
      await store.readSecond(saying(id, 'Dr B', other[1] as Impression))
      await store.adjudicate({ ...saying(id, 'Dr C', truth), verdictId })
      return waiting
    }
    expect(
      await decided(
        [
          ['meningioma', 'glioma'],
          ['meningioma', 'meningioma'],
        ],
        'meningioma',
      ),
    ).toBe(0)
    expect(
      await decided(
        [
          ['meningioma', 'glioma'],
          ['pituitary', 'notumor'],
        ],
        'glioma',
      ),
    ).toBe(2)
    expect(
      await decided(
        [
          ['glioma', 'glioma'],
          ['notumor', 'notumor'],
        ],
        'cannot-tell',
      ),
    ).toBe(4)
    const of = async (reader: string) => changesOf(await store.readingChanges(ANY, reader))
    expect(await of('Dr A')).toMatchObject({
      n: 3,
      known: 2,
      truths: { better: { of: 1, n: 2 }, worse: { of: 1 }, 'still-right': { of: 0 }, 'still-wrong': { of: 0 } },
    })
    expect(await of('Dr B')).toMatchObject({
      n: 3,
      known: 2,
      truths: { better: { of: 0 }, worse: { of: 0 }, 'still-right': { of: 1 }, 'still-wrong': { of: 1 } },
    })
    // A agreed twice and was right once; B overruled twice and was right once.
    const interplay = async (reader: string | null, filter: ReadingFilter = ANY) =>
      interplayOf(await store.readingChanges(filter, reader), await store.judgedVerdicts(filter, reader))
    expect(await interplay(null)).toMatchObject({
      judged: { agreed: { of: 1, n: 2 }, overruled: { of: 1, n: 2 }, 'cannot-tell': { n: 0 } },
      // A changed to the AI's glioma twice; B stayed with a right meningioma, and went from pituitary to none, wrongly.
      right: { unchanged: { of: 1, n: 1 }, towards: { of: 1, n: 2 }, away: { n: 0 }, elsewhere: { of: 0, n: 1 } },
    })
    expect((await interplay('Dr B')).judged).toMatchObject({ agreed: { n: 0 }, overruled: { of: 1, n: 2 } })
    for (const other of [{ model: 'another' }, { source: 'sample' as const }, { until: '2026-01-01T00:00:00.000Z' }]) {
      const { readings, judged } = await interplay(null, { ...ANY, ...other })
      expect([readings.n, judged.agreed.n]).toEqual([0, 0])
    }
  })

  it('leaves samples out, from which the model learned, unless they are asked for', async () => {
    const store = await openTestStore()
    const sample = async (reader: string) => {
      const id = await analysed(store, { source: 'sample' })
      await store.addImpression({ caseId: id, reader, impression: 'meningioma' })
      return { id, verdictId: await signed(store, id, reader, 'glioma') }
    }
    await read(store, 'Dr A', 'glioma', 'glioma')
    await sample('Dr A')
    const { id, verdictId } = await sample('Dr A')
    await store.markForSecond(id, 'Dr A')
    await store.readSecond(saying(id, 'Dr B', 'meningioma'))
    await store.adjudicate({ ...saying(id, 'Dr C', 'glioma'), verdictId })
    const counted = async (filter: ReadingFilter) => {
      const { readings, judged } = interplayOf(
        await store.readingChanges(filter, null),
        await store.judgedVerdicts(filter, null),
      )
      return [readings.n, judged.agreed.n + judged.overruled.n]
    }
    expect(await counted(ANY)).toEqual([1, 0])
    expect(await counted({ ...ANY, source: 'sample' })).toEqual([2, 2])
    expect(await counted({ ...ANY, source: 'file' })).toEqual([1, 0])
  })

  it('within a span of time', async () => {
    const store = await openTestStore()
    await read(store, 'Dr A', 'glioma', 'glioma')
    const soon = new Date(Date.now() + 60_000).toISOString()
    const count = async (from: string | null, until: string | null) =>
      changesOf(await store.readingChanges({ from, until }, null)).n
    expect(await count(null, soon)).toBe(1)
    expect(await count(soon, null)).toBe(0)
    expect(await count('2020-01-01T00:00:00.000Z', '2020-02-01T00:00:00.000Z')).toBe(0)
  })
})

describe('Wilson’s interval', () => {
  it('is what is published, keeps its definition, and stays within 0 and 1', () => {
    // R. G. Newcombe, Stat. Med. 17 (1998) 857-872, table I, method 3.
    const published: [of: number, n: number, low: number, high: number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ]
    for (const [of, n, low, high] of published) {
      const share = shareOf(of, n)
      expect([share.low?.toFixed(4), share.high?.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)])
      // Each end is the share whose own standard error puts it 1.96 of them away from what was found.
      for (const end of [share.low as number, share.high as number])
        expect(Math.abs(of / n - end)).toBeCloseTo(1.959964 * Math.sqrt((end * (1 - end)) / n), 6)
    }
    expect(shareOf(10, 10).high).toBeCloseTo(1, 12)
    expect(shareOf(0, 0)).toEqual({ of: 0, n: 0, low: null, high: null })
  })
})
