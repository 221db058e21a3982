import type { Instance, PgBoss } from 'pg-boss'
import { NAMED } from '../../shared/department.ts'
import type { CaseJob, QueueStatus } from '../core/department/queue.ts'
import { meansOf, TRAININGS } from './trainings.ts'

/**
 * What pg-boss knows of a queue and of who works on it; counted anew every few seconds, whoever asks.
 *
 * @param leads which workstation does the chores
 */
export async function statusOf(
  boss: PgBoss,
  queue: string,
  dead: string,
  leads: (station: string) => boolean,
): Promise<QueueStatus> {
  const [counts, aside] = await Promise.all([boss.getQueue(queue), boss.getQueue(dead)])
  const named = await boss.findJobs<CaseJob>(dead, { queued: true, limit: NAMED })
  return {
    stations: newest(await boss.getInstances()).map((one) => toStation(one, queue, leads)),
    queue: {
      waiting: counts?.queuedCount ?? 0,
      underWay: counts?.activeCount ?? 0,
      oldestSeconds: counts?.queuedCount ? (counts.readyOldestSeconds ?? null) : null,
      putAside: aside?.queuedCount ?? 0,
    },
    putAside: named.map(({ data, createdOn }) => ({
      caseId: data.id,
      fileName: data.fileName,
      at: createdOn.toISOString(),
    })),
  }
}

function trainsOf({ live, workers }: Instance): QueueStatus['stations'][number]['trains'] {
  const least = workers.find(({ queue }) => queue === TRAININGS)?.options?.minPriority
  return live && typeof least === 'number' ? meansOf(least) : 'nothing'
}

/** Of a workstation that was begun several times, how it is now. Those that ended properly are no news. */
function newest(instances: Instance[]): Instance[] {
  const found = new Map<string, Instance>()
  for (const one of instances.toSorted((a, b) => a.startedOn.getTime() - b.startedOn.getTime()))
    found.set(one.name ?? one.id, one)
  return [...found.values()].filter(({ stoppedOn }) => stoppedOn === null)
}

function toStation(one: Instance, queue: string, leads: (station: string) => boolean): QueueStatus['stations'][number] {
  const worker = one.workers.find((worker) => worker.queue === queue)
  const open = worker ? 'works' : 'rests'
  const name = one.name ?? one.id
  return {
    name,
    host: one.host,
    state: one.live ? open : 'silent',
    leads: leads(name),
    casesAtOnce: one.live && worker ? worker.batchSize * worker.localConcurrency : null,
    trains: trainsOf(one),
    active: worker?.active ?? 0,
    startedAt: one.startedOn.toISOString(),
    heardAt: one.heartbeatOn.toISOString(),
  }
}
