import { SOURCES } from '../../../shared/cases.ts'
import { interplayOf } from '../../../shared/interplay.ts'
import {
  isPart,
  type Machine,
  type MonitoringQuery,
  type UseGroup,
  type UseReport,
} from '../../../shared/monitoring.ts'
import { changesOf } from '../../../shared/reading-changes.ts'
import type { MachineSample, ReadStore } from '../../store/types.ts'
import { countPeriod, type PeriodCounts, UseCounts } from './counts.ts'
import { BASELINE_OF } from './drift.ts'
import type { KeptCounts } from './kept.ts'
import { baselineOf } from './read.ts'
import { type ReadInputs, trainedOf } from './read-trained.ts'
import { lastPeriods, monthPeriod, type Period } from './steps.ts'
import type { Tally } from './tally.ts'

interface Counting {
  active: string
  machine: MachineSample
  now: Date
  kept: KeptCounts
  inputs: ReadInputs
  month?: string | null
  /** Told after each period; those of before are counted at once where nothing changed in them. */
  onCounted?: (done: number) => void
}

/**
 * How models did in use, from the record.
 *
 * @param active id of the active model
 * @param machine how the machine is now
 * @param inputs what is known of a model’s training images
 * @param month the last one that is counted; null is the one that runs
 */
export async function useReport(
  store: ReadStore,
  query: MonitoringQuery,
  { active, machine, now, kept, inputs, month = null, onCounted }: Counting,
): Promise<UseReport> {
  await kept.renew(store)
  const model = query.model ?? active
  const baseline = isPart(query) ? null : await baselineOf(store, model)
  const { trained, failure } = await trainedOf(inputs, model)
  const { source, scanner, sequence, reader } = query
  const asked = [query.model, source, scanner, sequence, reader]
  const key = JSON.stringify([...asked, model, baseline?.key, trained?.key])
  const last = month === null ? now : new Date(monthPeriod(month).from)
  const all = new UseCounts()
  const counted: (Period & PeriodCounts)[] = []
  for (const period of lastPeriods(query.step, query.steps, last)) {
    const counts = await kept.get(key, period, now, () =>
      countPeriod(store, period, query, { model, baseline, trained }),
    )
    counted.push({ ...period, ...counts })
    all.add(counts.use)
    onCounted?.(counted.length)
  }
  const span = { from: (counted[0] as Period).from, until: (counted.at(-1) as Period).until }
  const filter = { ...span, model: query.model, source, scanner, sequence }
  const readings = await store.readingChanges(filter, reader)
  const judged = await store.judgedVerdicts(filter, reader)
  const samples = [...(await store.machineSamples(span.from, span.until)), machine]
  return {
    ...{ at: now.toISOString(), query, driftModel: model, baselineOf: BASELINE_OF },
    ...{ training: trained?.told() ?? null, trainingFailure: failure },
    baseline: baseline && { n: baseline.n, from: baseline.from, until: baseline.until },
    periods: counted.map(({ from, until, use, drift, trained: apart }) => ({
      ...{ from, until, figures: use.all.figures() },
      readings: changesOf(readings.filter(({ day }) => from.slice(0, 10) <= day && day < until.slice(0, 10))),
      drift: baseline && drift && baseline.drift(drift),
      trained: trained && apart && trained.drift(apart),
      machine: machineIn(samples, { from, until }),
    })),
    all: all.all.figures(),
    interplay: interplayOf(readings, judged),
    models: figuresOf(all.models),
    sources: figuresOf(all.sources).sort((a, b) => SOURCES.indexOf(a.name) - SOURCES.indexOf(b.name)),
    scanners: figuresOf(all.scanners).sort(byUse),
    sequences: figuresOf(all.sequences).sort(byUse),
    readers: figuresOf(all.readers),
  }
}

/** By their names. */
const figuresOf = <Name extends string>(tallies: Map<Name, Tally>) =>
  [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, tally]) => ({ name, figures: tally.figures() }))

/** The most used first; those of which it is not known are no group among the others. */
const byUse = (a: UseGroup, b: UseGroup) =>
  Number(a.name === '') - Number(b.name === '') || b.figures.answers - a.figures.answers

function machineIn(samples: MachineSample[], { from, until }: Period): Machine {
  const own = samples.filter(({ at }) => from <= at && at < until)
  if (own.length === 0) return null
  return {
    restarts: own.reduce((sum, { restarts }) => sum + restarts, 0),
    memoryBytes: Math.max(...own.map(({ memoryBytes }) => memoryBytes)),
    diskBytes: Math.min(...own.map(({ diskBytes }) => diskBytes)),
  }
}
