import { v7 as uuidv7 } from 'uuid'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type {
  FoundImage,
  FoundSeries,
  FoundStudy,
  KnownPacs,
  Pacs,
  PacsSettings,
  PacsTest,
  Retrieval,
  StudiesFound,
  StudyQuery,
} from '../../../shared/pacs.ts'
import type { Store } from '../../store/types.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Emit } from '../events.ts'
import type { Intake } from '../intake/intake.ts'
import { Calm } from '../sources/calm.ts'
import type { PacsClient } from './client.ts'
import type { StartPacs } from './process.ts'
import { processClient } from './process-client.ts'
import { type ListenerNow, Retrievals } from './retrievals.ts'

export interface PacsParts {
  store: Store
  folder: DataFolder
  intake: Intake
  emit: Emit
  startPacs: StartPacs
  listener(): Promise<ListenerNow>
}

/** Studies and series that were found of late, to call retrievals by. */
const REMEMBERED = 2_000

/** What there is of PACS, and what is asked of them. */
export class PacsConnections {
  readonly #parts: PacsParts
  readonly #retrievals: Retrievals
  readonly #calm: Calm
  readonly #closing = new AbortController()
  readonly #found = new Map<string, FoundStudy | FoundSeries>()

  constructor(parts: PacsParts) {
    this.#parts = parts
    this.#calm = new Calm(() => parts.emit({ type: 'pacs' }))
    const { store, intake, listener } = parts
    const clientOf = (id: string) => this.clientOf(id)
    this.#retrievals = new Retrievals({ store, intake, listener, clientOf, onChange: this.#calm.tell })
  }

  list(): Promise<KnownPacs[]> {
    return this.#parts.store.allPacs()
  }

  async choices(): Promise<{ id: string; name: string }[]> {
    const known = await this.list()
    return known.filter(({ settings }) => settings.on).map(({ id, settings }) => ({ id, name: settings.name }))
  }

  /** `id`: null adds one. Gives its id. @throws GyrusError `pacs-unknown`, `pacs-name-taken` */
  async set(
    change: { id: string | null; settings: PacsSettings; secret?: string | null | undefined },
    by: string,
  ): Promise<string> {
    if (change.id !== null) await this.#parts.store.pacsById(change.id)
    const id = change.id ?? uuidv7()
    await this.#parts.store.setPacs({ ...change, id }, by)
    this.#calm.tell()
    return id
  }

  /** @throws GyrusError `pacs-unknown` */
  async remove(id: string, by: string): Promise<void> {
    if (!(await this.#parts.store.removePacs(id, by))) throw new GyrusError('pacs-unknown')
    this.#retrievals.cancelOf(id)
    this.#calm.tell()
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

  /** @throws GyrusError `pacs-*` */
  async find(id: string, query: StudyQuery, by: string): Promise<StudiesFound> {
    const { pacs, client } = await this.clientOf(id)
    // Which fields, not what was in them: that would be a patient's.
    const fields = Object.entries(query).flatMap(([field, value]) => (value === '' ? [] : [field]))
    const found = await this.#logged(pacs, by, 'pacs.searched', { fields }, () =>
      client.studies(query, this.#closing.signal),
    )
    for (const study of found.studies) this.#remember(`${id} ${study.studyUid}`, study)
    return found
  }

  /** @throws GyrusError `pacs-*` */
  async series(id: string, studyUid: string): Promise<FoundSeries[]> {
    const { client } = await this.clientOf(id)
    const found = await client.series(studyUid, this.#closing.signal)
    for (const series of found) this.#remember(`${id} ${series.seriesUid}`, series)
    return found
  }

  /** @throws GyrusError `pacs-*` */
  async images(id: string, studyUid: string, seriesUid: string): Promise<FoundImage[]> {
    const { client } = await this.clientOf(id)
    return client.images(studyUid, seriesUid, this.#closing.signal)
  }

  /** @throws GyrusError `pacs-unknown`, `pacs-busy` */
  async retrieve(
    { pacs: id, studyUid, seriesUid }: { pacs: string; studyUid: string; seriesUid: string | null },
    by: string,
  ): Promise<string> {
    const { pacs } = await this.clientOf(id)
    const study = this.#found.get(`${id} ${studyUid}`)
    const series = this.#found.get(`${id} ${seriesUid}`)
    return this.#retrievals.add({
      ...{ pacs, studyUid, seriesUid, by },
      study: study && 'studyUid' in study ? study : null,
      series: series && 'seriesUid' in series ? series : null,
    })
  }

  get retrievals(): Retrieval[] {
    return this.#retrievals.shown
  }

  cancel(id: string): void {
    this.#retrievals.cancel(id)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#retrievals.close()
    this.#calm.close()
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

  #remember(key: string, one: FoundStudy | FoundSeries): void {
    this.#found.delete(key)
    this.#found.set(key, one)
    const [oldest] = this.#found.keys()
    if (this.#found.size > REMEMBERED && oldest !== undefined) this.#found.delete(oldest)
  }
}

const countOf = (result: unknown): number | null =>
  result !== null && typeof result === 'object' && 'studies' in result && Array.isArray(result.studies)
    ? result.studies.length
    : null
