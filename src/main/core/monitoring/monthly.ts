import { GyrusError } from '../../../shared/errors.ts'
import type { ModelRow } from '../../../shared/models.ts'
import { monitoringQuerySchema } from '../../../shared/monitoring.ts'
import type { MachineSample, ReadStore, StoredActivation } from '../../store/types.ts'
import type { ModelInMonth, MonthReport } from '../reports/month/data.ts'
import { alarmsIn } from './alarm-record.ts'
import { KeptCounts } from './kept.ts'
import type { ReadInputs } from './read-trained.ts'
import { useReport } from './report.ts'
import { monthPeriod, type Period } from './steps.ts'

/** Months in the charts, the reported one last. */
const MONTHS = 12

interface Asked {
  /** `2026-11`. */
  month: string
  /** What answers now. */
  active: string
  /** The shipped model that answered before any was put in force. */
  shipped: string
  models: ModelRow[]
  machine: MachineSample
  now: Date
  inputs: ReadInputs
}

/** All but for whom it is made. */
export type Counted = Omit<MonthReport, 'department' | 'madeFor'>

/**
 * How models did in a month, with those before it; all from the record.
 *
 * @throws GyrusError `month-to-come`
 */
export async function monthReport(
  store: ReadStore,
  { month, active, shipped, models, machine, now, inputs }: Asked,
): Promise<Counted> {
  const period = monthPeriod(month)
  if (period.from > now.toISOString()) throw new GyrusError('month-to-come', { month })
  const kept = new KeptCounts()
  const count = (steps: number, model: string) => {
    const counting = { active: model, machine, now, kept, inputs, month }
    return useReport(store, monitoringQuerySchema.parse({ steps }), counting)
  }
  const own = await count(1, active)
  // Drift is told of one model: of that which answered most.
  const [most] = own.models.toSorted((a, b) => b.figures.answers - a.figures.answers)
  const year = await count(MONTHS, most?.name ?? active)
  const { installation } = await store.auditSettings()
  const stored = await store.activations()
  return {
    ...{ month, ...period, at: now.toISOString(), over: period.until <= now.toISOString(), installation },
    models: inForce(stored, period).map((one) => describe(one, shipped, models)),
    own,
    year,
    alarms: await alarmsIn(store, period),
    limits: await store.limits(),
  }
}

/** Activations of the month, and before them the one that stood when it began; null is none yet. */
function inForce(stored: StoredActivation[], { from, until }: Period): (StoredActivation | null)[] {
  const before = stored.filter(({ activation }) => activation.at <= from).at(-1) ?? null
  return [before, ...stored.filter(({ activation: { at } }) => from < at && at < until)]
}

function describe(one: StoredActivation | null, shipped: string, models: ModelRow[]): ModelInMonth {
  const { modelId: id, weightsSha256 } = one?.activation ?? { modelId: shipped, weightsSha256: null }
  const card = models
    .flatMap((row) => row.card ?? [])
    .find((it) => it.id === id && (weightsSha256 === null || it.weightsSha256 === weightsSha256))
  return {
    ...{ id, weights: weightsSha256 ?? card?.weightsSha256 ?? null },
    ...{ name: card?.name ?? null, version: card?.version ?? null },
    activated: one && { at: one.activation.at, by: one.activation.by },
  }
}
