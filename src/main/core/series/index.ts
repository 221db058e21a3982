import { v7 as uuidv7 } from 'uuid'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { SCOPE_NAMES } from '../../../shared/series.ts'
import type { CaseFailure, NewSeries, PlacedSlice, SeriesKey, SeriesMember, Store } from '../../store/types.ts'
import type { Emit } from '../events.ts'
import type { KnownInputs } from '../models/inputs.ts'
import { type Limits, limitsOf } from './scope.ts'
import { summarise } from './summarise.ts'

/** What puts series together by itself. */
const SYSTEM = 'gyrus'

/** How long no slice of a series has to come until it is put together, ms. */
const QUIET_MS = 1_500
/** A series that goes on coming is put together by then all the same. */
const LONGEST_MS = 15_000

interface SeriesParts {
  store: Store
  emit: Emit
  /** What the images were like that a model learned from; null where it does not say. */
  inputs: (modelId: string) => Promise<KnownInputs | null>
}

/** Slices of one series that come one after another. */
interface Coming {
  key: SeriesKey
  since: number
  timer: NodeJS.Timeout
}

/**
 * Puts the slices of a series together as one case: each is read by itself first, as any file, and once no more come the
 * series gets its answer by a stated rule. A slice that comes later is added, and the answer made anew.
 */
export class SeriesGrouping {
  readonly #store: Store
  readonly #emit: Emit
  readonly #inputs: SeriesParts['inputs']
  readonly #coming = new Map<string, Coming>()
  /** One at a time: what is put together anew must see what was before. */
  #working: Promise<unknown> = Promise.resolve()

  constructor({ store, emit, inputs }: SeriesParts) {
    this.#store = store
    this.#emit = emit
    this.#inputs = inputs
  }

  /** A slice has its answer. */
  noteSlice({ studyUid, seriesUid, patientId, frames }: DicomFacts): void {
    if (seriesUid !== '' && frames === 1) this.#expect({ studyUid, seriesUid, patientId })
  }

  /** Whether a case is a series. @throws GyrusError of the record */
  async isOne(caseId: string): Promise<boolean> {
    return (await this.#store.seriesOf(caseId))?.id === caseId
  }

  /** Takes up what a kill left. */
  async resume(): Promise<void> {
    for (const key of await this.#store.ungroupedSeries()) this.#expect(key)
  }

  /**
   * Puts a series together anew, e.g. after another model read its slices.
   *
   * @param caseId of the series
   */
  async again(caseId: string, actor: string): Promise<void> {
    const key = await this.#store.seriesKeyOf(caseId)
    if (key) await this.#form(key, actor)
  }

  /** Puts together what has come. */
  async settle(): Promise<void> {
    const coming = [...this.#coming.values()]
    await Promise.all(coming.map(({ key }) => this.#form(key, SYSTEM)))
    await this.#working
  }

  #expect(key: SeriesKey): void {
    const name = nameOf(key)
    const before = this.#coming.get(name)
    clearTimeout(before?.timer)
    const since = before?.since ?? Date.now()
    const left = Math.max(0, since + LONGEST_MS - Date.now())
    const timer = setTimeout(() => void this.#form(key, SYSTEM), Math.min(QUIET_MS, left))
    this.#coming.set(name, { key, since, timer })
  }

  /** Never rejects: what could not be put together is taken up at the next slice, or the next start. */
  #form(key: SeriesKey, actor: string): Promise<void> {
    clearTimeout(this.#coming.get(nameOf(key))?.timer)
    this.#coming.delete(nameOf(key))
    const forming = this.#working.then(() => this.#put(key, actor)).catch(() => undefined)
    this.#working = forming
    return forming
  }

  async #put(key: SeriesKey, actor: string): Promise<void> {
    const members = oncePerFile(await this.#store.seriesMembers(key))
    const [first] = members
    if (!first || members.length < 2) return
    const limits = await this.#limits(members)
    const { slices, standing, answer } = summarise(members, (modelId) => limits.get(modelId) ?? limitsOf(null))
    const known = members.find(({ seriesId }) => seriesId !== null)?.seriesId ?? null
    const id = known ?? uuidv7()
    const series: NewSeries = {
      ...{ id, first: known === null, members, slices, standing },
      name: seriesName(first.facts),
      description: `${members.length} slices`,
      outcome: answer ? { answer } : { failure: notJudged(slices) },
    }
    await this.#store.formSeries(series, actor)
    this.#emit({ type: 'case', id })
    for (const { caseId } of members) this.#emit({ type: 'case', id: caseId })
  }

  async #limits(members: SeriesMember[]): Promise<Map<string, Limits>> {
    const models = [...new Set(members.map(({ answer }) => answer.modelId))]
    const limits = models.map(async (id) => {
      // A model that is no longer there, or says nothing of it, knows no limits.
      const known = await this.#inputs(id).catch(() => null)
      return [id, limitsOf(known?.inputs ?? null)] as const
    })
    return new Map(await Promise.all(limits))
  }
}

const nameOf = ({ studyUid, seriesUid, patientId }: SeriesKey) => JSON.stringify([studyUid, seriesUid, patientId])

/** How the case of a series is called, as one of a file is by the file. */
const seriesName = ({ seriesNumber }: DicomFacts) => (seriesNumber === null ? 'Series' : `Series ${seriesNumber}`)

/** The same bytes again, in a case of their own, are no further slice; one that is of the series already comes first. */
function oncePerFile(members: SeriesMember[]): SeriesMember[] {
  const known = new Map<string, SeriesMember>()
  for (const one of members) {
    const before = known.get(one.sha256)
    if (!before || (before.seriesId === null && one.seriesId !== null)) known.set(one.sha256, one)
  }
  return [...known.values()]
}

/** The commonest reason tells. */
function notJudged(slices: PlacedSlice[]): CaseFailure {
  const counts = Map.groupBy(slices, ({ scope }) => scope)
  const [scope = 'unlike'] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? []
  const { code, details } = new GyrusError('series-not-judged', { slices: slices.length, reason: SCOPE_NAMES[scope] })
  return { code, details }
}
