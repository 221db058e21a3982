import { v7 as uuidv7 } from 'uuid'
import { GyrusError } from '../../../shared/errors.ts'
import type {
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
import type { Emit } from '../events.ts'
import type { Intake } from '../intake/intake.ts'
import { Calm } from '../sources/calm.ts'
import type { PacsClient } from './client.ts'
import { type ListenerAnswer, PacsQuestions, type QuestionParts } from './questions.ts'
import { Retrievals } from './retrievals.ts'

export interface PacsParts extends QuestionParts {
  intake: Intake
  emit: Emit
}

/** Studies and series that were found of late, to call retrievals by. */
const REMEMBERED = 2_000

/** What there is of PACS, and what is asked of them. */
export class PacsConnections {
  readonly #parts: PacsParts
  readonly #retrievals: Retrievals
  readonly #calm: Calm
  readonly #questions: PacsQuestions
  readonly #found = new Map<string, FoundStudy | FoundSeries>()

  constructor(parts: PacsParts) {
    this.#parts = parts
    this.#questions = new PacsQuestions(parts)
    this.#calm = new Calm(() => parts.emit({ type: 'pacs' }))
    const { store, intake, listener } = parts
    const clientOf = (id: string) => this.clientOf(id)
    this.#retrievals = new Retrievals({ store, intake, listener, clientOf, onChange: this.#calm.tell })
  }

  list(): Promise<KnownPacs[]> {
    return this.#questions.list()
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
  clientOf(id: string): Promise<{ pacs: Pacs; client: PacsClient }> {
    return this.#questions.clientOf(id)
  }

  /** Whether it answers, also while it is switched off. @throws GyrusError `pacs-*` */
  test(id: string, by: string): Promise<PacsTest> {
    return this.#questions.test(id, by)
  }

  /** Whether the listener here answers this machine. @throws GyrusError `pacs-*` */
  testListener(by: string): Promise<ListenerAnswer> {
    return this.#questions.testListener(by)
  }

  /** @throws GyrusError `pacs-*` */
  async find(id: string, query: StudyQuery, by: string): Promise<StudiesFound> {
    const found = await this.#questions.find(id, query, by)
    for (const study of found.studies) this.#remember(`${id} ${study.studyUid}`, study)
    return found
  }

  /** @throws GyrusError `pacs-*` */
  async series(id: string, studyUid: string): Promise<FoundSeries[]> {
    const found = await this.#questions.series(id, studyUid)
    for (const series of found) this.#remember(`${id} ${series.seriesUid}`, series)
    return found
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
    this.#questions.close()
    await this.#retrievals.close()
    this.#calm.close()
  }

  #remember(key: string, one: FoundStudy | FoundSeries): void {
    this.#found.delete(key)
    this.#found.set(key, one)
    const [oldest] = this.#found.keys()
    if (this.#found.size > REMEMBERED && oldest !== undefined) this.#found.delete(oldest)
  }
}
