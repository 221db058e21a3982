import {
  ALARM_DAYS,
  type Alarm,
  type AlarmKind,
  DRIFTS,
  type Drift,
  type Limits,
  type MonitoringStatus,
  monitoringQuerySchema,
  type Stability,
  TRAINED_ALARMS,
  type TrainedDrift,
  type UseFigures,
} from '../../../shared/monitoring.ts'
import type { MachineSample, ReadStore } from '../../store/types.ts'
import { countPeriod, UseCounts } from './counts.ts'
import { addCounts } from './drift.ts'
import type { KeptCounts } from './kept.ts'
import { baselineOf } from './read.ts'
import { type ReadInputs, trainedOf } from './read-trained.ts'
import { daysIn } from './steps.ts'
import { addTrained } from './trained.ts'

const DAY_MS = 86_400_000
/** Of pictures like those that the model did not learn from, so many are farther than 95 % of these. */
const FAR = 0.05

interface Looked {
  active: string
  machine: MachineSample
  now: Date
  kept: KeptCounts
  inputs: ReadInputs
}

/** What the active model’s last answers say against the limits that were set. */
export async function findAlarms(
  store: ReadStore,
  { active, machine, now, kept, inputs }: Looked,
): Promise<MonitoringStatus> {
  const limits = await store.limits()
  const from = new Date(now.getTime() - ALARM_DAYS * DAY_MS).toISOString()
  // What is written in this very moment is in it.
  const until = new Date(now.getTime() + 1).toISOString()
  const baseline = await baselineOf(store, active)
  const { trained } = await trainedOf(inputs, active)
  const source = { model: active, baseline, trained }
  const query = monitoringQuerySchema.parse({ model: active })
  await kept.renew(store)
  const all = { use: new UseCounts(), drift: baseline?.empty() ?? null, trained: trained?.empty() ?? null }
  const key = `alarms ${active} ${baseline?.key} ${trained?.key}`
  // By days: but for the first and the last one, they are as they were at the last look.
  for (const day of daysIn({ from, until })) {
    const count = () => countPeriod(store, day, query, source)
    // No later look begins at the same instant as this one.
    const counts = day.from === from ? await count() : await kept.get(key, day, now, count)
    all.use.add(counts.use)
    if (all.drift && counts.drift) addCounts(all.drift, counts.drift)
    if (all.trained && counts.trained) addTrained(all.trained, counts.trained)
  }
  const figures = all.use.all.figures()
  const drift = baseline && all.drift && baseline.drift(all.drift)
  const apart = trained && all.trained && trained.drift(all.trained)
  return {
    ...{ at: now.toISOString(), from, model: active, answers: figures.answers, signed: figures.signed },
    alarms: [
      ...inUse(figures, limits),
      ...drifted(drift, limits),
      ...apartFrom(apart, limits),
      ...full(machine, limits),
    ],
  }
}

function inUse({ agreement, missed, unjudged, inference }: UseFigures, limits: Limits): Alarm[] {
  const share = ({ of, n }: { of: number; n: number }) => of / n
  const alarms: Alarm[] = []
  if (limits.agreement !== null && agreement.n >= limits.minimum && share(agreement) < limits.agreement)
    alarms.push({ kind: 'agreement', value: share(agreement), limit: limits.agreement, n: agreement.n })
  if (limits.missed !== null && missed.n >= limits.minimum && share(missed) > limits.missed)
    alarms.push({ kind: 'missed', value: share(missed), limit: limits.missed, n: missed.n })
  if (limits.unjudged !== null && unjudged.n >= limits.minimum && share(unjudged) > limits.unjudged)
    alarms.push({ kind: 'unjudged', value: share(unjudged), limit: limits.unjudged, n: unjudged.n })
  if (inference && limits.inferenceMs !== null && inference.n >= limits.minimum && inference.p95 > limits.inferenceMs)
    alarms.push({ kind: 'inference', value: inference.p95, limit: limits.inferenceMs, n: inference.n })
  return alarms
}

const drifted = (drift: Drift | null, { psi, minimum }: Limits): Alarm[] =>
  DRIFTS.flatMap((what) => changed(`drift-${what}`, drift?.[what] ?? null, psi, minimum))

function apartFrom(apart: TrainedDrift | null, { trainedPsi, far: most, minimum }: Limits): Alarm[] {
  if (!apart) return []
  const alarms = TRAINED_ALARMS.flatMap((what) => changed(`trained-${what}`, apart.psi[what], trainedPsi, minimum))
  const { far } = apart
  if (!far || far.low === null || most === null || far.n < minimum) return alarms
  // As of the indexes: what chance alone may give is no alarm.
  if (far.of / far.n > most && far.low > FAR) alarms.push({ kind: 'far', value: far.of / far.n, limit: most, n: far.n })
  return alarms
}

/** An index that chance alone may reach is no alarm. */
function changed(kind: AlarmKind, found: Stability | null, limit: number | null, minimum: number): Alarm[] {
  if (!found || limit === null || found.n < minimum || found.psi <= Math.max(limit, found.chance)) return []
  return [{ kind, value: found.psi, limit, n: found.n }]
}

const full = ({ diskBytes }: MachineSample, limits: Limits): Alarm[] =>
  limits.diskBytes !== null && diskBytes < limits.diskBytes
    ? [{ kind: 'disk', value: diskBytes, limit: limits.diskBytes, n: null }]
    : []
