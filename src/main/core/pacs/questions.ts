import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type {
  FoundImage,
  FoundSeries,
  KnownPacs,
  Pacs,
  PacsTest,
  StudiesFound,
  StudyQuery,
} from '../../../shared/pacs.ts'
import { LISTENER } from '../../../shared/sources.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { PacsClient } from './client.ts'
import type { StartPacs } from './process.ts'
import { processClient } from './process-client.ts'
import type { ListenerNow } from './retrievals.ts'

export interface QuestionParts {
  store: Store
  folder: DataFolder
  startPacs: StartPacs
  listener(): Promise<ListenerNow>
}

export interface ListenerAnswer {
  answered: boolean
  /** As whom, and from where, it was asked. */
  callingAe: string
  address: string
}

const SELF_WAIT_SECONDS = 10
/** An AE title, or an address from which a connection is ended before a byte is read. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['pacs-rejected-calling', 'pacs-ended'])

/** The listener as a PACS that is asked from this machine. */
function selfOf({ aeTitle, at, peers, tls }: ListenerNow): Pacs & { kind: 'dimse' } {
  const host = at.address === '0.0.0.0' ? '127.0.0.1' : at.address === '::' ? '::1' : at.address
  const own = peers.find(({ address }) => address === host)
  return {
    ...{ id: LISTENER, kind: 'dimse', name: 'DICOM listener', on: true, host, port: at.port, calledAe: aeTitle },
    ...{ callingAe: (own ?? peers[0])?.aeTitle ?? aeTitle, retrieveBy: 'get', waitSeconds: SELF_WAIT_SECONDS },
    tls: { on: tls, check: 'nothing', ca: '', certificate: '' },
  }
}

/** What can be asked of PACS without taking anything in. */
export class PacsQuestions {
  readonly #parts: QuestionParts
  readonly #closing = new AbortController()

  constructor(parts: QuestionParts) {
    this.#parts = parts
  }

  list(): Promise<KnownPacs[]> {
    return this.#parts.store.allPacs()
  }

  /**
   * A connection that is on, to ask it.
   *
   * @throws GyrusError `pacs-unknown`
   */
  async clientOf(id: string): Promise<{ pacs: Pacs; client: PacsClient }> {
    const pacs = await this.#parts.store.pacsById(id)
    if (!pacs.on) throw new GyrusError('pacs-unknown')
    return { pacs, client: await this.#client(pacs) }
  }

  /** Whether it answers, also while it is switched off. @throws GyrusError `pacs-*` */
  async test(id: string, by: string): Promise<PacsTest> {
    const pacs = await this.#parts.store.pacsById(id)
    const client = await this.#client(pacs)
    return this.#logged(pacs, by, 'pacs.tested', {}, () => client.test(this.#closing.signal))
  }

  /**
   * A C-ECHO to the listener here, as a peer of this machine where there is one.
   *
   * @throws GyrusError `pacs-*`
   */
  async testListener(by: string): Promise<ListenerAnswer> {
    const { folder, startPacs, listener } = this.#parts
    const now = await listener()
    const self = selfOf(now)
    const client = processClient(self, { start: startPacs, folder, secret: null, listenerAe: now.aeTitle })
    const told = { callingAe: self.callingAe, address: self.host }
    try {
      await this.#logged(self, by, 'pacs.tested', {}, () => client.test(this.#closing.signal))
      return { answered: true, ...told }
    } catch (error) {
      if (!TURNED_AWAY.has(toGyrusError(error).code)) throw error
      return { answered: false, ...told }
    }
  }

  /** @throws GyrusError `pacs-*` */
  async find(id: string, query: StudyQuery, by: string): Promise<StudiesFound> {
    const { pacs, client } = await this.clientOf(id)
    // Which fields, not what was in them: that would be a patient's.
    const fields = Object.entries(query).flatMap(([field, value]) => (value === '' ? [] : [field]))
    return this.#logged(pacs, by, 'pacs.searched', { fields }, () => client.studies(query, this.#closing.signal))
  }

  /** @throws GyrusError `pacs-*` */
  async series(id: string, studyUid: string): Promise<FoundSeries[]> {
    const { client } = await this.clientOf(id)
    return client.series(studyUid, this.#closing.signal)
  }

  /** @throws GyrusError `pacs-*` */
  async images(id: string, studyUid: string, seriesUid: string): Promise<FoundImage[]> {
    const { client } = await this.clientOf(id)
    return client.images(studyUid, seriesUid, this.#closing.signal)
  }

  close(): void {
    this.#closing.abort()
  }

  async #client(pacs: Pacs): Promise<PacsClient> {
    const { store, folder, startPacs, listener } = this.#parts
    const secret = await store.networkSecret(pacs.id)
    const { aeTitle: listenerAe } = await listener()
    return processClient(pacs, { start: startPacs, folder, secret, listenerAe })
  }

  /** Puts on record who asked, and whether it was answered. */
  async #logged<T>(
    pacs: Pacs,
    actor: string,
    act: 'pacs.tested' | 'pacs.searched',
    detail: Record<string, string[]>,
    work: () => Promise<T>,
  ): Promise<T> {
    const log = (outcome: Record<string, number | string | null>) =>
      this.#parts.store.log({ actor, act, subject: pacs.id, detail: { pacs: pacs.name, ...detail, ...outcome } })
    try {
      const result = await work()
      await log({ found: countOf(result), code: null })
      return result
    } catch (error) {
      await log({ found: null, code: toGyrusError(error).code })
      throw error
    }
  }
}

const countOf = (result: unknown): number | null =>
  result !== null && typeof result === 'object' && 'studies' in result && Array.isArray(result.studies)
    ? result.studies.length
    : null
