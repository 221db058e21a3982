import { v7 as uuidv7 } from 'uuid'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { FoundSeries, FoundStudy, Pacs, Retrieval } from '../../../shared/pacs.ts'
import { DEFAULT_RULE, type SourceRule } from '../../../shared/source-rule.ts'
import type { Peer } from '../../../shared/sources.ts'
import type { Store } from '../../store/types.ts'
import type { Intake } from '../intake/intake.ts'
import type { Kept, PacsClient, RetrievedFile } from './client.ts'

/** Those that may wait; each may be hundreds of images. */
const MAX_WAITING = 50
/** Those that have ended and are still shown. */
const SHOWN = 20

/** Of a whole study what the connection's rule takes; a series is what its reader chose. */
function ruleFor({ rule = DEFAULT_RULE }: Pacs, seriesUid: string | null): SourceRule {
  return seriesUid === null ? rule : { ...DEFAULT_RULE, modalities: [], does: rule.does }
}

/** The DICOM listener here, where C-MOVE sends to. */
export interface ListenerNow {
  aeTitle: string
  ready: boolean
  /** Where it listens, or is to. */
  at: { address: string; port: number }
  peers: Peer[]
  tls: boolean
}

export interface RetrievalParts {
  store: Store
  intake: Intake
  clientOf(id: string): Promise<{ pacs: Pacs; client: PacsClient }>
  listener(): Promise<ListenerNow>
  onChange(): void
}

export interface Asked {
  pacs: Pacs
  studyUid: string
  seriesUid: string | null
  study: FoundStudy | null
  series: FoundSeries | null
  by: string
}

interface Job {
  shown: Retrieval
  ending: AbortController
}

/** What readers have PACS send, one after another: an archive is asked for one thing at a time. */
export class Retrievals {
  readonly #parts: RetrievalParts
  /** Oldest first. */
  #jobs: Job[] = []
  #running: Promise<void> | null = null

  constructor(parts: RetrievalParts) {
    this.#parts = parts
  }

  /** Newest first. */
  get shown(): Retrieval[] {
    return this.#jobs.map(({ shown }) => ({ ...shown })).reverse()
  }

  /** Puts it in the queue; gives its id. @throws GyrusError `pacs-busy` */
  async add({ pacs, ...asked }: Asked): Promise<string> {
    const waiting = this.#jobs.filter(({ shown }) => shown.state === 'waiting').length
    if (waiting >= MAX_WAITING) throw new GyrusError('pacs-busy', { waiting })
    const id = uuidv7()
    const scope = asked.seriesUid === null ? 'study' : 'series'
    await this.#log(id, asked.by, 'pacs.retrieve-began', { pacs: pacs.name, scope })
    const none = { received: 0, known: 0, passed: 0, failed: 0, total: null, failure: null }
    const shown: Retrieval = { id, pacs: pacs.id, pacsName: pacs.name, ...asked, state: 'waiting', ...none }
    this.#jobs.push({ shown, ending: new AbortController() })
    this.#forget()
    this.#parts.onChange()
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
    return id
  }

  /** What came stays. One that has ended, or that nobody knows, stays as it is. */
  cancel(id: string): void {
    const job = this.#jobs.find(({ shown }) => shown.id === id)
    job?.ending.abort()
    if (job?.shown.state === 'waiting') {
      job.shown.state = 'cancelled'
      this.#parts.onChange()
    }
  }

  /** Of a connection that is no longer there. */
  cancelOf(pacs: string): void {
    for (const { shown } of this.#jobs) if (shown.pacs === pacs) this.cancel(shown.id)
  }

  async close(): Promise<void> {
    for (const { shown } of this.#jobs) this.cancel(shown.id)
    await this.#running
  }

  async #run(): Promise<void> {
    for (let job = this.#next(); job; job = this.#next()) await this.#retrieve(job)
  }

  #next(): Job | undefined {
    return this.#jobs.find(({ shown }) => shown.state === 'waiting')
  }

  /** Never rejects. */
  async #retrieve({ shown, ending }: Job): Promise<void> {
    shown.state = 'running'
    this.#parts.onChange()
    try {
      await this.#ask(shown, ending.signal)
      shown.state = 'done'
      shown.failure = shortfall(shown)
    } catch (error) {
      const failure = toGyrusError(error)
      shown.state = ending.signal.aborted ? 'cancelled' : 'failed'
      shown.failure = shown.state === 'cancelled' ? null : failure.toFailure()
    }
    const { state, received, known, passed, failed } = shown
    const code = shown.failure?.code ?? null
    const detail = { pacs: shown.pacsName, state, received, known, passed, failed, code }
    // A disk that takes no more must not stop the queue; what became of it is on the screen.
    await this.#log(shown.id, shown.by, 'pacs.retrieved', detail).catch(() => undefined)
    this.#forget()
    this.#parts.onChange()
  }

  async #ask(shown: Retrieval, signal: AbortSignal): Promise<void> {
    const { pacs, client } = await this.#parts.clientOf(shown.pacs)
    const moves = pacs.kind === 'dimse' && pacs.retrieveBy === 'move'
    if (moves && !(await this.#parts.listener()).ready) throw new GyrusError('pacs-listener-off', { pacs: pacs.name })
    const { studyUid, seriesUid } = shown
    const rule = ruleFor(pacs, seriesUid)
    let notKept = 0
    const end = await client.retrieve(
      { studyUid, seriesUid },
      {
        signal,
        onObject: async (file) => {
          const kept = await this.#keep(shown, file, rule)
          if (kept !== 'kept') notKept += 1
          return kept
        },
        onProgress: ({ done, failed, total }) => {
          shown.total = total ?? shown.total
          shown.failed = Math.max(failed, notKept)
          // What the PACS sent to the listener is on record there.
          if (moves) shown.received = done
          this.#parts.onChange()
        },
      },
    )
    shown.total = end.total ?? shown.total
    shown.failed = Math.max(end.failed, notKept)
    shown.passed += end.passed
    if (moves) shown.received = end.done
    if (notKept > 0) throw new GyrusError('pacs-not-kept', { pacs: pacs.name, failed: notKept })
  }

  async #keep(shown: Retrieval, { path, key, sopInstanceUid }: RetrievedFile, rule: SourceRule): Promise<Kept> {
    // A colon is in no name of an account: what a PACS sent cannot pass for what somebody opened.
    const by = { actor: `pacs:${shown.pacsName}`, source: 'dicom' as const, askedBy: shown.by }
    try {
      const file = { path, fileName: `${sopInstanceUid}.dcm`, ...(key && { key }) }
      const brought = await this.#parts.intake.bring(file, by, rule)
      shown[brought.passed !== null ? 'passed' : brought.known ? 'known' : 'received'] += 1
      this.#parts.onChange()
      return 'kept'
    } catch (error) {
      return toGyrusError(error).code === 'disk-full' ? 'out-of-resources' : 'failed'
    }
  }

  #forget(): void {
    const ended = this.#jobs.filter(({ shown }) => !isOpen(shown))
    const old = new Set(ended.slice(0, Math.max(0, ended.length - SHOWN)))
    this.#jobs = this.#jobs.filter((job) => !old.has(job))
  }

  #log(
    subject: string,
    actor: string,
    act: 'pacs.retrieve-began' | 'pacs.retrieved',
    detail: Record<string, string | number | null>,
  ): Promise<void> {
    return this.#parts.store.log({ actor, act, subject, detail })
  }
}

const isOpen = ({ state }: Retrieval) => state === 'waiting' || state === 'running'

/** Where it ended in order, and not all of it could be sent. */
function shortfall({ pacsName, failed, total }: Retrieval): Retrieval['failure'] {
  if (failed === 0) return null
  return new GyrusError('pacs-partial', { pacs: pacsName, failed, total: total ?? failed }).toFailure()
}
