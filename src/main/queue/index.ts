import { type JobResult, PgBoss } from 'pg-boss'
import { v7 as uuidv7 } from 'uuid'
import { GyrusError } from '../../shared/errors.ts'
import {
  type Asked,
  type CaseJob,
  type Changed,
  PRIORITY,
  type QueueStatus,
  type Taken,
  type WorkQueue,
} from '../core/department/queue.ts'
import { asStoreError } from '../store/errors.ts'
import { APPLICATIONS, addressOf, openPool } from '../store/postgres/pool.ts'
import { Changes } from './changes.ts'
import { Lead } from './lead.ts'
import { statusOf } from './status.ts'
import { Trainings } from './trainings.ts'

const QUEUE = 'analyse'
const DEAD = 'analyse-dead'

/** So many groups of cases, so that the next ones are read while the last are written down. */
const GROUPS = 2

/**
 * The next jobs are taken by an index that has them in order. Where thousands were added a moment ago the database has not
 * counted them yet, takes them for a few, and would sort them all for each one that is taken.
 */
const PLANS = '-c enable_sort=off -c enable_bitmapscan=off -c jit=off'

/** A workstation that is not heard of for so long is taken for dead, and what it had goes to others, s. */
const LEASE_S = 20
const BEAT_S = 5
/** A case that so many workstations did not get done is put aside, for the administrator to look at. */
const TRIES = 8
/** Between them, doubled each time, s. */
const RETRY_S = 1
const KEPT_DONE_S = 60 * 60

/** The department's queue on PostgreSQL, by pg-boss. */
export class DepartmentQueue implements WorkQueue {
  readonly trainings: Trainings
  readonly #boss: PgBoss
  readonly #lead: Lead
  readonly #url: string
  #changes: Changes | null = null
  #working = false

  private constructor(boss: PgBoss, trainings: Trainings, url: string, station: string) {
    this.#boss = boss
    this.trainings = trainings
    this.#url = url
    this.#lead = new Lead(url, station)
  }

  /**
   * Makes the queue's tables, or brings them up to date, where they are not another role's.
   *
   * @throws GyrusError `database-older` where whoever owns them has to come first; `database-unreachable` and what else
   *   the server says
   */
  static open(url: string, station: string, onError: (error: Error) => void): Promise<DepartmentQueue> {
    return asStore(() => DepartmentQueue.#open(url, station, onError))
  }

  static async #open(url: string, station: string, onError: (error: Error) => void): Promise<DepartmentQueue> {
    const owns = await ownsQueue(url)
    const boss = new PgBoss({
      ...addressOf(url),
      ...{ application_name: APPLICATIONS[1], options: PLANS },
      max: 4,
      useListenNotify: true,
      registerInstance: true,
      instanceName: station,
      instanceHeartbeatSeconds: BEAT_S,
      superviseIntervalSeconds: BEAT_S,
      monitorIntervalSeconds: BEAT_S,
      // What was done in a minute, and how long the oldest waits, are counted for as long as this is on.
      ...{ persistQueueStats: true, queueStatRetentionDays: 1 },
      schedule: false,
      // What a newer Gyrus changes in the queue's tables, and what mends their indexes, is for whoever owns them.
      ...{ migrate: owns, reindex: owns },
    })
    boss.on('error', onError)
    await start(boss)
    await boss.createQueue(DEAD, { retryLimit: 0 })
    await boss.createQueue(QUEUE, {
      ...{ deadLetter: DEAD, heartbeatSeconds: LEASE_S, retryLimit: TRIES, retryDelay: RETRY_S, retryBackoff: true },
      ...{ deleteAfterSeconds: KEPT_DONE_S, notify: true },
    })
    return new DepartmentQueue(boss, await Trainings.open(boss), url, station)
  }

  async add(asked: Asked[]): Promise<void> {
    const jobs = asked.map(({ job, priority }) => ({
      // The first job of a case has its id: whoever adds it twice adds it once.
      id: job.again ? uuidv7() : job.id,
      data: job,
      priority: PRIORITY[priority],
    }))
    await this.#boss.insert(QUEUE, jobs)
  }

  async work(atOnce: number, take: (jobs: CaseJob[]) => Promise<Taken[]>): Promise<void> {
    if (this.#working) return
    this.#working = true
    const groups = Math.min(GROUPS, atOnce)
    const options = {
      ...{ batchSize: Math.ceil(atOnce / groups), localConcurrency: groups },
      ...{ perJobResults: true, burstWhenBatchFull: true },
      ...{ heartbeatRefreshSeconds: BEAT_S },
    } as const
    await this.#boss.work<CaseJob, JobResult[], typeof options>(QUEUE, options, async (jobs) => {
      const taken = await take(jobs.map(({ data }) => data))
      return jobs.map(({ id }, nth): JobResult => ({ id, status: taken[nth] === 'done' ? 'completed' : 'failed' }))
    })
  }

  async rest(): Promise<void> {
    if (!this.#working) return
    this.#working = false
    await this.#boss.offWork(QUEUE, { wait: true })
  }

  lead(onLead: () => void, onLost: () => void): void {
    this.#lead.seek(onLead, onLost)
  }

  watch(onChange: (changed: Changed) => void, onAway: (away: boolean) => void): void {
    this.#changes ??= new Changes(this.#url, onChange, onAway)
  }

  async status(): Promise<QueueStatus> {
    return asStore(async () => statusOf(this.#boss, QUEUE, DEAD, await this.#lead.who()))
  }

  retry(): Promise<number> {
    return asStore(() => this.#boss.redrive(DEAD))
  }

  async close(): Promise<void> {
    await this.#lead.close()
    await this.#changes?.close()
    await this.#boss.stop({ graceful: true })
  }
}

/** The server is the record's: what it says is told as the record tells it. */
async function asStore<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw asStoreError(error)
  }
}

/** Whether they are this role's, or there are none yet. */
async function ownsQueue(url: string): Promise<boolean> {
  const pool = openPool(url, 1)
  try {
    const { rows } = await pool.query<{ owns: number }>(
      `select pg_has_role(nspowner, 'member') as owns from pg_namespace where nspname = 'pgboss'
       union all select has_database_privilege(current_database(), 'create')
       where not exists (select from pg_namespace where nspname = 'pgboss')`,
    )
    return rows[0]?.owns === 1
  } finally {
    await pool.end()
  }
}

/** What it says where it may not make or change its tables. */
const NOT_YET = /^pg-boss (is not installed|database requires migrations)/

async function start(boss: PgBoss): Promise<void> {
  try {
    await boss.start()
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined)
    const isOlder = error instanceof Error && NOT_YET.test(error.message)
    throw isOlder ? new GyrusError('database-older', {}, { cause: error }) : error
  }
}
