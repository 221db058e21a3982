import type { Source } from '../../shared/cases.ts'
import type { RequestOutput } from '../../shared/contract.ts'
import type { Limits, Step, UseReport } from '../../shared/monitoring.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** What is looked at: so many months or weeks. */
export const SPANS = ['12 month', '24 month', '12 week', '26 week'] as const
export type Span = (typeof SPANS)[number]

/** A folder that comes in tells of many cases. */
const SOON_MS = 10_000
/** How often a count that takes long is asked how far it is. */
const FOLLOW_MS = 1_000

interface Choices {
  models: string[]
  readers: string[]
  /** As they are used in what was counted last. */
  scanners: string[]
  sequences: string[]
}

/** How the model did in use, counted anew when something was signed. */
export class Use {
  span = $state<Span>('12 month')
  /** '' is any. */
  model = $state('')
  source = $state<Source | ''>('')
  /** Null is any; '' is not said by the file. */
  scanner = $state<string | null>(null)
  sequence = $state<string | null>(null)
  reader = $state('')
  report = $state.raw<UseReport | null>(null)
  limits = $state.raw<Limits | null>(null)
  choices = $state.raw<Choices>({ models: [], readers: [], scanners: [], sequences: [] })
  failure = $state.raw<UiFailure | null>(null)
  counting = $state(false)
  /** Of a count that takes long, as after a start in a large record. */
  progress = $state.raw<RequestOutput<'monitoring.counting'>>(null)
  #asked = 0
  #waiting: ReturnType<typeof setTimeout> | null = null
  readonly #stop = onEvent(({ type }) => {
    if (type === 'resync') void this.load()
    else if (type === 'case' || type === 'models' || type === 'monitoring') this.#soon()
  })

  get filtered(): boolean {
    const { model, source, scanner, sequence, reader } = this
    return model !== '' || source !== '' || scanner !== null || sequence !== null || reader !== ''
  }

  stop(): void {
    this.#stop()
    if (this.#waiting) clearTimeout(this.#waiting)
  }

  clear(): void {
    this.model = ''
    this.source = ''
    this.scanner = null
    this.sequence = null
    this.reader = ''
  }

  async load(): Promise<void> {
    const asked = ++this.#asked
    const [steps, step] = this.span.split(' ') as [string, Step]
    const { model, source, scanner, sequence, reader } = this
    const query = {
      ...{ step, steps: Number(steps), model: model || null, source: source || null },
      ...{ scanner, sequence, reader: reader || null },
    }
    this.counting = true
    const following = setInterval(() => void this.#follow(asked), FOLLOW_MS)
    try {
      const [report, limits, facets] = await Promise.all([
        call('monitoring.report', query),
        call('monitoring.limits', {}),
        call('cases.facets', {}),
      ])
      if (asked !== this.#asked) return
      // A count of one scanner knows no other.
      const { scanners, sequences } = this.choices
      const choices = {
        ...facets,
        scanners: scanner === null ? report.scanners.map(({ name }) => name) : scanners,
        sequences: sequence === null ? report.sequences.map(({ name }) => name) : sequences,
      }
      Object.assign(this, { report, limits, choices, failure: null })
    } catch (error) {
      if (asked === this.#asked) this.failure = failureOf(error)
    } finally {
      clearInterval(following)
      if (asked === this.#asked) Object.assign(this, { counting: false, progress: null })
    }
  }

  /** Where it cannot be asked for, the count itself says why. */
  async #follow(asked: number): Promise<void> {
    const progress = await call('monitoring.counting', {}).catch(() => null)
    if (asked === this.#asked && this.counting) this.progress = progress
  }

  async setLimits(limits: Limits): Promise<void> {
    try {
      await call('monitoring.set-limits', limits)
      toasts.note(texts.monitoring.limits.saved)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }

  #soon(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null
      void this.load()
    }, SOON_MS)
  }
}
