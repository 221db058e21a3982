import { v7 as uuidv7 } from 'uuid'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { countOfSlices, isOfFrames } from '../../../shared/series.ts'
import type { NewSeries, SeriesKey, SeriesMember, Store } from '../../store/types.ts'
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

/** How long slices that come are gathered before they go on record as one. */
const GATHER_MS = 400

/** Slices of one series that come one after another. */
interface Coming {
  key: SeriesKey
  since: number
  timer: NodeJS.Timeout
  gathering: NodeJS.Timeout | null
}

/**
 * Puts the slices of a series together as one case, as they come by what their headers say: each is read by itself, as any
 * file, and once no more come the series gets its answer by a stated rule, or waits for a reader to have it classified.
 * A slice that comes later is added, and the answer made anew.
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

  /** A slice is on record with what its header says, or has its answer. */
  noteSlice({ studyUid, seriesUid, patientId, frames }: DicomFacts): void {
    if (seriesUid !== '' && frames === 1) this.#expect({ studyUid, seriesUid, patientId })
  }

  /** Whether a case is a series. @throws GyrusError of the record */
  async isOne(caseId: string): Promise<boolean> {
    const series = await this.#store.seriesOf(caseId)
    return series?.id === caseId && !isOfFrames(series)
  }

  /** Takes up what a kill left, and what an earlier Gyrus called failed as it is not judged. */
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
    if (key) await this.#form(key, actor, 'now')
  }

  /** Puts together what has come. */
  async settle(): Promise<void> {
    const coming = [...this.#coming.values()]
    await Promise.all(coming.map(({ key }) => this.#form(key, SYSTEM, 'now')))
    await this.#working
  }

  #expect(key: SeriesKey): void {
    const name = nameOf(key)
    const before = this.#coming.get(name)
    clearTimeout(before?.timer)
    const since = before?.since ?? Date.now()
    const left = since + LONGEST_MS - Date.now()
    const timer = setTimeout(
      () => void this.#form(key, SYSTEM, left < QUIET_MS ? 'now' : 'quiet'),
      Math.max(0, Math.min(QUIET_MS, left)),
    )
    const gathering = before?.gathering ?? setTimeout(() => this.#gather(name), GATHER_MS)
    this.#coming.set(name, { key, since, timer, gathering })
  }

  #gather(name: string): void {
    const coming = this.#coming.get(name)
    if (!coming) return
    this.#coming.set(name, { ...coming, gathering: null })
    this.#next(() => this.#put(coming.key, SYSTEM, 'coming'))
  }

  /**
   * Never rejects: what could not be put together is taken up at the next slice, or the next start.
   *
   * @param when `quiet`: slices that wait for their answers are waited for
   */
  #form(key: SeriesKey, actor: string, when: 'quiet' | 'now'): Promise<void> {
    const coming = this.#coming.get(nameOf(key))
    clearTimeout(coming?.timer)
    clearTimeout(coming?.gathering ?? undefined)
    if (when === 'now') this.#coming.delete(nameOf(key))
    return this.#next(() => this.#put(key, actor, when))
  }

  #next(put: () => Promise<void>): Promise<void> {
    const forming = this.#working.then(put).catch(() => undefined)
    this.#working = forming
    return forming
  }

  async #put(key: SeriesKey, actor: string, when: 'coming' | 'quiet' | 'now'): Promise<void> {
    const members = this.#taken(oncePerFile(await this.#store.seriesMembers(key)))
    const waiting = members.some(({ state }) => state === 'received')
    if (when === 'quiet') {
      if (waiting) return this.#expect(key)
      this.#coming.delete(nameOf(key))
    }
    const [first] = members
    if (!first || members.length < 2) return
    const limits = await this.#limits(members)
    const { slices, standing, answer } = summarise(members, (modelId) => limits.get(modelId) ?? limitsOf(null))
    const known = members.find(({ seriesId }) => seriesId !== null)
    const id = known?.seriesId ?? uuidv7()
    const stage = stageOf(members, when === 'coming', answer !== null)
    const coming = stage === 'coming' && !hasAnswer(known)
    const series: NewSeries = {
      ...{ id, first: known === undefined, members, slices, standing, stage, answer },
      name: seriesName(first.facts),
      description: countOfSlices(members.length, coming),
    }
    await this.#store.formSeries(series, actor)
    this.#emit({ type: 'case', id })
    const told = when === 'coming' ? members.filter(({ seriesId }) => seriesId === null) : members
    for (const { caseId } of told) this.#emit({ type: 'case', id: caseId })
    if (stage === 'coming' && when === 'now') this.#expect(key)
  }

  /** What a source only lists does not join a series that has its answer: nobody would have it classified. */
  #taken(members: SeriesMember[]): SeriesMember[] {
    const answered = hasAnswer(members.find(({ seriesId }) => seriesId !== null))
    return answered ? members.filter(({ state, seriesId }) => state !== 'listed' || seriesId !== null) : members
  }

  async #limits(members: SeriesMember[]): Promise<Map<string, Limits>> {
    const models = [...new Set(members.flatMap(({ answer }) => answer?.modelId ?? []))]
    const limits = models.map(async (id) => {
      // A model that is no longer there, or says nothing of it, knows no limits.
      const known = await this.#inputs(id).catch(() => null)
      return [id, limitsOf(known?.inputs ?? null)] as const
    })
    return new Map(await Promise.all(limits))
  }
}

const nameOf = ({ studyUid, seriesUid, patientId }: SeriesKey) => JSON.stringify([studyUid, seriesUid, patientId])

const hasAnswer = (member: SeriesMember | undefined) =>
  member?.seriesState === 'analysed' || member?.seriesState === 'reviewed'

/** What waits for a reader stays listed, whatever else has come. */
function stageOf(members: SeriesMember[], coming: boolean, answered: boolean): NewSeries['stage'] {
  if (members.some(({ state }) => state === 'listed')) return 'listed'
  return coming || !answered ? 'coming' : 'answered'
}

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
