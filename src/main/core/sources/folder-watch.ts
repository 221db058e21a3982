import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type GyrusError, toGyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { isUnnamed } from '../../../shared/formats.ts'
import type { SourceRule } from '../../../shared/source-rule.ts'
import type { FolderStatus, WatchedFolder } from '../../../shared/sources.ts'
import type { Store } from '../../store/types.ts'
import { inOrder } from '../intake/in-order.ts'
import type { Brought, Intake } from '../intake/intake.ts'
import { isDicom } from '../intake/is-dicom.ts'
import { takeableFiles } from './takeable.ts'
import { TodayCounts } from './today.ts'

/** Between two looks, ms; and no more than a tenth of the time goes into looking. */
const LOOK_EACH_MS = 5_000
const SHARE = 10
const AT_ONCE = 4
/** Digests that the record is asked about at a time. */
const ASKED_AT_ONCE = 500
const MAX_PROBLEMS = 20

export interface WatchParts {
  store: Store
  intake: Intake
  onChange(): void
  lookEachMs?: number
}

/** How a file was when it was looked at last. */
interface Seen {
  size: number
  modified: number
  /** `new`: taken when the next look finds it unchanged. */
  state: 'new' | 'done'
}

/**
 * Takes what comes into a folder, as far as a rule takes it. A file is complete when two looks find it unchanged; one that grows after all is another
 * file by its bytes, and is taken again. What is on record is noted as done, so that a restart takes what came meanwhile
 * and reads nothing twice.
 */
export class FolderWatch {
  readonly #parts: WatchParts
  readonly #folder: WatchedFolder
  readonly #rule: SourceRule
  readonly #ending = new AbortController()
  readonly #today = new TodayCounts()
  readonly #ended: Promise<void>
  #seen = new Map<string, Seen>()
  #failure: GyrusError | null = null
  #problems: FolderStatus['problems'] = []
  #lookedAt: string | null = null
  #lastAt: string | null = null

  constructor(parts: WatchParts, folder: WatchedFolder, rule: SourceRule) {
    this.#parts = parts
    this.#folder = folder
    this.#rule = rule
    this.#ended = this.#run()
  }

  get status(): Omit<FolderStatus, keyof WatchedFolder | 'rule'> {
    const state = this.#failure ? 'failed' : this.#lookedAt === null ? 'starting' : 'ready'
    return {
      state,
      failure: this.#failure?.toFailure() ?? null,
      lookedAt: this.#lookedAt,
      lastAt: this.#lastAt,
      waiting: [...this.#seen.values()].filter((one) => one.state === 'new').length,
      today: this.#today.counts,
      problems: this.#problems,
    }
  }

  async close(): Promise<void> {
    this.#ending.abort()
    await this.#ended
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    const { lookEachMs = LOOK_EACH_MS } = this.#parts
    while (!signal.aborted) {
      const took = await this.#look()
      const pause = Math.max(lookEachMs, SHARE * took)
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  /**
   * Never rejects: what goes wrong is in the status, and the next look tries again. Returns how long it took, ms, without what
   * was taken: that is not done again the next time.
   */
  async #look(): Promise<number> {
    const before = performance.now()
    let took = 0
    const problems: FolderStatus['problems'] = []
    const had = { failure: this.#failure, waiting: this.status.waiting, problems: this.#problems.length }
    try {
      // A drive that is away is no folder whose files have all vanished.
      await readdir(this.#folder.path).catch((error) => Promise.reject(asFileError(error)))
      const complete = await this.#walk(problems)
      took = performance.now() - before
      const walked = problems.length
      for await (const problem of inOrder(complete, AT_ONCE, (path) => this.#take(path))) {
        if (problem) problems.push(problem)
      }
      if (problems.length > walked) took = performance.now() - before
      this.#failure = null
    } catch (error) {
      this.#failure = toGyrusError(error)
    }
    this.#problems = problems.slice(0, MAX_PROBLEMS)
    const first = this.#lookedAt === null
    this.#lookedAt = new Date().toISOString()
    const now = { failure: this.#failure, waiting: this.status.waiting, problems: this.#problems.length }
    const same = had.failure?.code === now.failure?.code && had.waiting === now.waiting && had.problems === now.problems
    if (first || !same) this.#parts.onChange()
    return took
  }

  /** Looks at all files; gives those that are complete and not done. */
  async #walk(problems: FolderStatus['problems']): Promise<string[]> {
    const { path: folder, subFolders } = this.#folder
    const now = new Map<string, Seen>()
    const complete: string[] = []
    const changed: string[] = []
    const onUnreadable = (path: string, failure: GyrusError) => problems.push({ path, failure: failure.toFailure() })
    for await (const path of takeableFiles(folder, subFolders, onUnreadable)) {
      if (this.#ending.signal.aborted) return []
      // One that has vanished meanwhile is not there.
      const found = await stat(path).catch(() => null)
      if (found === null) continue
      const before = this.#seen.get(path)
      if (before && before.size === found.size && before.modified === found.mtimeMs) {
        now.set(path, before)
        // An empty one is still to be written.
        if (before.state === 'new' && found.size > 0) complete.push(path)
      } else {
        now.set(path, { size: found.size, modified: found.mtimeMs, state: 'new' })
        changed.push(path)
      }
    }
    this.#seen = now
    await this.#markDone(changed)
    return complete
  }

  /** Of files that are new to this walk those that were done before a restart. */
  async #markDone(paths: string[]): Promise<void> {
    for (let at = 0; at < paths.length; at += ASKED_AT_ONCE) {
      const looks = new Map(paths.slice(at, at + ASKED_AT_ONCE).map((path) => [this.#lookAt(path), path]))
      for (const look of await this.#parts.store.doneLooks(this.#folder.id, [...looks.keys()])) {
        const seen = this.#seen.get(looks.get(look) ?? '')
        if (seen) seen.state = 'done'
      }
    }
  }

  /** Takes a file that is complete; gives what stands in its way, where that is its own. Never rejects. */
  async #take(path: string): Promise<FolderStatus['problems'][number] | null> {
    const seen = this.#seen.get(path)
    if (!seen || this.#ending.signal.aborted) return null
    const look = this.#lookAt(path)
    try {
      if (isUnnamed(basename(path)) && !(await isDicom(path))) {
        seen.state = 'done'
        return null
      }
      const by = { actor: `folder:${basename(this.#folder.path)}`, source: 'folder' as const }
      const brought = await this.#parts.intake.bring({ path }, by, this.#rule)
      // What was written to while it was read is taken again when it is complete.
      const after = await stat(path).catch(() => null)
      if (after === null || (after.size === seen.size && after.mtimeMs === seen.modified)) {
        await this.#parts.store.addLook(this.#folder.id, look, brought.passed !== null)
        seen.state = 'done'
      }
      this.#count(brought)
      this.#parts.onChange()
      return null
    } catch (error) {
      const failure = asFileError(error)
      return failure.code === 'file-missing' ? null : { path, failure: failure.toFailure() }
    }
  }

  #count(brought: Brought): void {
    if (brought.passed !== null) this.#today.pass(brought.passed)
    else if (brought.known) this.#today.add('known')
    else {
      this.#today.add('received')
      this.#lastAt = new Date().toISOString()
    }
  }

  /** Names this state of a file without telling its name. */
  #lookAt(path: string): string {
    const seen = this.#seen.get(path)
    return createHash('sha256').update(`${path}\0${seen?.size}\0${seen?.modified}`).digest('hex')
  }
}
