import {
  ALARM_DAYS,
  type Alarm,
  DRIFTS,
  type Drift,
  type Limits,
  type MonitoringStatus,
  monitoringQuerySchema,
  type UseFigures,
} from '../../../shared/monitoring.ts'
import type { MachineSample, ReadStore } from '../../store/types.ts'
import { countPeriod, UseCounts } from './counts.ts'
import { addCounts } from './drift.ts'
import type { KeptCounts } from './kept.ts'
import { baselineOf } from './read.ts'
import { daysIn } from './steps.ts'

const DAY_MS = 86_400_000

/** What the active model’s last answers say against the limits that were set. */
export async function findAlarms(
  store: ReadStore,
  { active, machine, now, kept }: { active: string; machine: MachineSample; now: Date; kept: KeptCounts },
): Promise<MonitoringStatus> {
  const limits = await store.limits()
  const from = new Date(now.getTime() - ALARM_DAYS * DAY_MS).toISOString()
  // What is written in this very moment is in it.
  const until = new Date(now.getTime() + 1).toISOString()
  const baseline = await baselineOf(store, active)
  const query = monitoringQuerySchema.parse({ model: active })
  await kept.renew(store)
  const all = { use: new UseCounts(), drift: baseline?.empty() ?? null }
  // By days: but for the first and the last one, they are as they were at the last look.
  for (const day of daysIn({ from, until })) {
    const count = () => countPeriod(store, day, query, { baseline, model: active })
    // No later look begins at the same instant as this one.
    const counts =
      day.from === from ? await count() : await kept.get(`alarms ${active} ${baseline?.key}`, day, now, count)
    all.use.add(counts.use)
    if (all.drift && counts.drift) addCounts(all.drift, counts.drift)
  }
  const figures = all.use.all.figures()
  const drift = baseline && all.drift && baseline.drift(all.drift)
  return {
    ...{ at: now.toISOString(), from, model: active, answers: figures.answers, signed: figures.signed },
    alarms: [...inUse(figures, limits), ...drifted(drift, limits), ...full(machine, limits)],
  }
}

function inUse({ agreement, missed, inference }: UseFigures, limits: Limits): Alarm[] {
  const share = ({ of, n }: { of: number; n: number }) => of / n
  const alarms: Alarm[] = []
  if (limits.agreement !== null && agreement.n >= limits.minimum && share(agreement) < limits.agreement)
    alarms.push({ kind: 'agreement', value: share(agreement), limit: limits.agreement, n: agreement.n })
  if (limits.missed !== null && missed.n >= limits.minimum && share(missed) > limits.missed)
    alarms.push({ kind: 'missed', value: share(missed), limit: limits.missed, n: missed.n })
  if (inference && limits.inferenceMs !== null && inference.n >= limits.minimum && inference.p95 > limits.inferenceMs)
    alarms.push({ kind: 'inference', value: inference.p95, limit: limits.inferenceMs, n: inference.n })
  return alarms
}

/** An index that chance alone may reach is no alarm. */
function drifted(drift: Drift | null, { psi, minimum }: Limits): Alarm[] {
  if (!drift || psi === null) return []
  return DRIFTS.flatMap((what) => {
    const found = drift[what]
    if (!found || found.n < minimum || found.psi <= Math.max(psi, found.chance)) return []
    return [{ kind: `drift-${what}` as const, value: found.psi, limit: psi, n: found.n }]
  })
}

const full = ({ diskBytes }: MachineSample, limits: Limits): Alarm[] =>
  limits.diskBytes !== null && diskBytes < limits.diskBytes
    ? [{ kind: 'disk', value: diskBytes, limit: limits.diskBytes, n: null }]
    : []
