import type { PgBoss } from 'pg-boss'
import type { Taken, TrainingJob, TrainingMeans, TrainingQueue } from '../core/department/queue.ts'

export const TRAININGS = 'train'
const DEAD = 'train-dead'

/** As of cases (index.ts). */
const LEASE_S = 20
const BEAT_S = 5
/** After so many workstations that ended within it a training is given up. */
const TRIES = 8
const RETRY_S = 1
/** The longest that pg-boss takes; what is not through then goes on from its last epoch. */
const LONGEST_S = 24 * 60 * 60
const LOOK_S = 2
const AT_ONCE = 50

/**
 * What a training needs is told by its priority, of which each workstation takes those that it has the means for. It so
 * comes that the short ones, of a last layer, go first.
 */
const PRIORITY = { head: 3, native: 2, gpu: 1 } as const satisfies Record<TrainingMeans, number>

/** What a workstation that takes trainings down to this priority can train. */
export const meansOf = (least: number): TrainingMeans => {
  if (least <= PRIORITY.gpu) return 'gpu'
  return least <= PRIORITY.native ? 'native' : 'head'
}

/** Trainings in the department's queue, on PostgreSQL, by pg-boss. */
export class Trainings implements TrainingQueue {
  readonly #boss: PgBoss
  #working = false

  private constructor(boss: PgBoss) {
    this.#boss = boss
  }

  static async open(boss: PgBoss): Promise<Trainings> {
    await boss.createQueue(DEAD, { retryLimit: 0 })
    await boss.createQueue(TRAININGS, {
      // A run is in the queue once, whoever adds it how often: `exclusive`, by the run's name.
      ...{ policy: 'exclusive', deadLetter: DEAD, notify: true },
      ...{ heartbeatSeconds: LEASE_S, expireInSeconds: LONGEST_S },
      ...{ retryLimit: TRIES, retryDelay: RETRY_S, retryBackoff: true },
    })
    return new Trainings(boss)
  }

  async add(jobs: TrainingJob[]): Promise<void> {
    if (jobs.length === 0) return
    await this.#boss.insert(
      TRAININGS,
      jobs.map((job) => ({ data: job, singletonKey: job.run, priority: PRIORITY[job.needs] })),
    )
  }

  async work(means: TrainingMeans, take: (job: TrainingJob, signal: AbortSignal) => Promise<Taken>): Promise<void> {
    await this.rest()
    this.#working = true
    const options = {
      ...{ batchSize: 1, localConcurrency: 1, minPriority: PRIORITY[means] },
      ...{ pollingIntervalSeconds: LOOK_S, heartbeatRefreshSeconds: BEAT_S },
    }
    await this.#boss.work<TrainingJob>(TRAININGS, options, async ([job]) => {
      if (job && (await take(job.data, job.signal)) === 'not-done')
        throw new Error('another workstation goes on with it')
    })
  }

  async rest(): Promise<void> {
    if (!this.#working) return
    this.#working = false
    await this.#boss.offWork(TRAININGS, { wait: true })
  }

  async givenUp(note: (job: TrainingJob) => Promise<void>): Promise<void> {
    const jobs = await this.#boss.fetch<TrainingJob>(DEAD, { batchSize: AT_ONCE })
    for (const { id, data } of jobs) {
      await note(data)
      await this.#boss.complete(DEAD, id)
    }
  }
}
