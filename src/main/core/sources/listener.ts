import { toGyrusError } from '../../../shared/errors.ts'
import { DEFAULT_RULE, type SourceRule } from '../../../shared/source-rule.ts'
import type { ListenerSettings, ListenerStatus } from '../../../shared/sources.ts'
import type { Kept, PeerName, ReceivedObject, RefusalReason } from '../../listener/protocol.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Intake } from '../intake/intake.ts'
import type { StartListener } from './process.ts'
import { Refusals } from './refusals.ts'
import { ListenerSupervisor } from './supervisor.ts'
import { TodayCounts } from './today.ts'

export interface ListenerParts {
  store: Store
  folder: DataFolder
  intake: Intake
  startListener: StartListener
  onChange(): void
}

/** Scans that peers in the network send: what the listener's process received, taken in. */
export class DicomListener {
  readonly #parts: ListenerParts
  readonly #supervisor: ListenerSupervisor
  readonly #refusals: Refusals
  readonly #today = new TodayCounts()
  readonly #logging = new Set<Promise<unknown>>()
  #rule: SourceRule = DEFAULT_RULE
  #last: ListenerStatus['last'] = null
  #echoed: ListenerStatus['echoed'] = null

  constructor(parts: ListenerParts) {
    this.#parts = parts
    this.#refusals = new Refusals(({ aeTitle, ...refusal }) => this.#log({ ...refusal, aeTitle }))
    this.#supervisor = new ListenerSupervisor({
      start: parts.startListener,
      folder: parts.folder,
      onChange: parts.onChange,
      onRefused: (reason, from) => this.#refused(reason, from),
      onEcho: (from) => {
        this.#echoed = { at: new Date().toISOString(), ...from }
        parts.onChange()
      },
      onObject: (received, from) => this.#keep(received, from),
    })
  }

  use(settings: ListenerSettings, tlsKey: string | null): void {
    this.#supervisor.use(settings, tlsKey)
  }

  /** What comes from now on is taken by it. */
  useRule(rule: SourceRule): void {
    this.#rule = rule
  }

  status(settings: ListenerSettings, rule: SourceRule, hasKey: boolean): ListenerStatus {
    return {
      settings,
      rule,
      hasKey,
      ...this.#supervisor.status,
      last: this.#last,
      echoed: this.#echoed,
      today: this.#today.counts,
      refused: this.#refusals.newest,
    }
  }

  async close(): Promise<void> {
    await this.#supervisor.close()
    this.#refusals.close()
    await Promise.all(this.#logging)
  }

  async #keep(
    { path, key, sopInstanceUid }: ReceivedObject & { key: Uint8Array | null },
    from: PeerName,
  ): Promise<Kept> {
    // A colon is in no name of an account: what a machine sent cannot pass for what somebody opened.
    const by = { actor: `dicom:${from.aeTitle}`, source: 'dicom' as const }
    try {
      const file = { path, fileName: `${sopInstanceUid}.dcm`, ...(key && { key }) }
      const brought = await this.#parts.intake.bring(file, by, this.#rule)
      if (brought.passed !== null) {
        this.#today.pass(brought.passed)
        return { passed: brought.passed }
      }
      this.#today.add(brought.known ? 'known' : 'received')
      this.#last = { at: new Date().toISOString(), ...from }
      return 'kept'
    } catch (error) {
      return toGyrusError(error).code === 'disk-full' ? 'out-of-resources' : 'failed'
    } finally {
      this.#parts.onChange()
    }
  }

  #refused(reason: RefusalReason, from: PeerName): void {
    this.#today.add('refused')
    this.#refusals.add({ reason, ...from })
    this.#parts.onChange()
  }

  #log(detail: object): void {
    const entry = { actor: 'gyrus', act: 'source.refused', subject: 'listener', detail } as const
    // A disk that takes no more must not stop the listener; what is refused is on the screen.
    const logging = this.#parts.store
      .log(entry)
      .catch(() => undefined)
      .finally(() => this.#logging.delete(logging))
    this.#logging.add(logging)
  }
}
