import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { findAlarms } from '../../src/main/core/monitoring/alarms.ts'
import { KeptCounts } from '../../src/main/core/monitoring/kept.ts'
import { useReport } from '../../src/main/core/monitoring/report.ts'
import { openStore } from '../../src/main/store/index.ts'
import { monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { times, used } from '../support/use.ts'

const NOW = '2026-11-15T12:00:00.000Z'

it('months that are over are read once, and again where a case in them changed', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const [first = ''] = await used(store, '2026-09-10T09:00:00.000Z', times(2, { label: 'glioma' }))
  await used(store, '2026-10-10T09:00:00.000Z', times(3, { label: 'glioma' }))
  await used(store, '2026-11-10T09:00:00.000Z', times(4, { label: 'glioma' }))

  const kept = new KeptCounts()
  const reading: string[] = []
  const watched = {
    ...store,
    answersBetween: (...asked: Parameters<typeof store.answersBetween>) => {
      reading.push(asked[0].from.slice(0, 7))
      return store.answersBetween(...asked)
    },
  }
  const signedIn = async () => {
    reading.length = 0
    const machine = { at: NOW, restarts: 0, memoryBytes: 1, diskBytes: 1 }
    const query = monitoringQuerySchema.parse({ steps: 3 })
    const report = await useReport(watched, query, {
      active: 'efl-a',
      machine,
      now: new Date(NOW),
      kept,
      inputs: async () => null,
    })
    return report.periods.map(({ figures }) => `${figures.signed} of ${figures.answers}`)
  }
  expect(await signedIn()).toEqual(['0 of 2', '0 of 3', '0 of 4'])
  expect(reading).toEqual(['2026-09', '2026-10', '2026-11'])
  expect(await signedIn()).toEqual(['0 of 2', '0 of 3', '0 of 4'])
  expect(reading).toEqual(['2026-11'])

  await store.review({ caseId: first, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
  const verdictId = (await store.getCase(first)).verdicts[0]?.id as number
  await store.sign({ caseId: first, verdictId, reader: 'Dr A' })
  kept.changed(first)
  expect(await signedIn()).toEqual(['1 of 2', '0 of 3', '0 of 4'])
  expect(reading).toEqual(['2026-09', '2026-11'])
})

it('a look for alarms reads the days again that changed, and those that it sees a part of', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  await used(store, '2026-10-16T13:00:00.000Z', times(2, { label: 'glioma' }))
  const [second = ''] = await used(store, '2026-11-03T09:00:00.000Z', times(3, { label: 'glioma' }))
  await used(store, '2026-11-15T09:00:00.000Z', times(4, { label: 'glioma' }))

  const kept = new KeptCounts()
  const reading: string[] = []
  const watched = {
    ...store,
    answersBetween: (...asked: Parameters<typeof store.answersBetween>) => {
      reading.push(asked[0].from.slice(0, 10))
      return store.answersBetween(...asked)
    },
  }
  const look = async () => {
    reading.length = 0
    const machine = { at: NOW, restarts: 0, memoryBytes: 1, diskBytes: 9e10 }
    const { answers, signed } = await findAlarms(watched, {
      active: 'efl-a',
      machine,
      now: new Date(NOW),
      kept,
      inputs: async () => null,
    })
    return `${signed} of ${answers}`
  }
  expect(await look()).toBe('0 of 9')
  // From noon of the 16th of October to that of the 15th of November.
  expect([reading.length, reading[0], reading.at(-1)]).toEqual([31, '2026-10-16', '2026-11-15'])
  expect(await look()).toBe('0 of 9')
  expect(reading).toEqual(['2026-10-16', '2026-11-15'])

  await store.review({ caseId: second, reader: 'Dr A', verdict: 'agree', label: null, comment: '' })
  const verdictId = (await store.getCase(second)).verdicts[0]?.id as number
  await store.sign({ caseId: second, verdictId, reader: 'Dr A' })
  kept.changed(second)
  expect(await look()).toBe('1 of 9')
  expect(reading).toEqual(['2026-10-16', '2026-11-03', '2026-11-15'])
})
