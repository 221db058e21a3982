import type { CaseDetail } from '../../shared/cases.ts'
import { isJudged } from '../../shared/input-gate.ts'
import type { Label } from '../../shared/labels.ts'
import { sidesOf } from '../../shared/sides.ts'
import type { Sides } from '../../shared/view.ts'
import { MAX_STEPS, type Step } from '../../shared/what-if.ts'
import type { Experiment, StabilityCard, Tried } from '../../shared/what-if-contract.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { type Heated, heated } from '../heat/heat.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { isNeutral } from './adjustments.ts'
import { keptSteps, type StepHistory } from './kept-steps.ts'

/** Both maps, with the steps that they are of. */
interface HeatPair {
  label: Label
  before: Heated
  after: Heated
  of: string
}

const keyOf = (steps: Step[]) => JSON.stringify(steps)

/** What a reader tries out on the picture of a case. */
export class WhatIf {
  readonly id: string
  /** Of its file, from 0 on; null for its one image. */
  readonly frame: number | null
  detail = $state.raw<CaseDetail | null>(null)
  /** Why the case or its picture cannot be shown. */
  failure = $state.raw<UiFailure | null>(null)
  before = $state.raw<Tried | null>(null)
  after = $state.raw<Tried | null>(null)
  /** Why the model has no answer after these steps. */
  refused = $state.raw<UiFailure | null>(null)
  asking = $state(false)
  /** From the end of the last change to its answer on the page, ms; null before the first. */
  answeredIn = $state<number | null>(null)
  experiments = $state.raw<Experiment[]>([])
  heat = $state.raw<HeatPair | null>(null)
  stability = $state.raw<{ card: StabilityCard; of: string } | null>(null)
  /** Of heat maps or the card. */
  busy = $state<'heat' | 'stability' | 'keep' | 'scan' | null>(null)
  #history = $state.raw<StepHistory>({ lists: [[]], at: 0 })
  /** The steps whose picture `after` is: those that were asked for last may still be on their way. */
  #seen = $state.raw<Step[]>([])
  #asked = 0

  constructor(id: string, frame: number | null) {
    this.id = id
    this.frame = frame
    this.#history = keptSteps.of(this.#reader, this.#image)
  }

  get #image(): string {
    return `${this.id} ${this.frame ?? ''}`
  }

  /** What is asked for: the case, and of which of its images. */
  get #of(): { id: string; frame?: number } {
    const { id, frame } = this
    return frame === null ? { id } : { id, frame }
  }

  get #reader(): string {
    return account.current?.name ?? ''
  }

  get steps(): Step[] {
    return this.#history.lists[this.#history.at] ?? []
  }

  get key(): string {
    return keyOf(this.steps)
  }

  get undoable(): boolean {
    return this.#history.at > 0
  }

  get redoable(): boolean {
    return this.#history.at < this.#history.lists.length - 1
  }

  /** The experiment on record that these steps are. */
  get keptAs(): Experiment | null {
    const { key } = this
    return this.experiments.find(({ steps }) => steps !== null && keyOf(steps) === key) ?? null
  }

  /** Whether the model says something of the picture as it stands, which could be explained. */
  get judged(): boolean {
    return this.refused === null && this.after !== null && isJudged(this.after.gate)
  }

  /** Whether there is something that would be lost. */
  get unsaved(): boolean {
    return this.steps.length > 0 && this.keptAs === null
  }

  /** Where the patient's sides are in the picture as it came; null where that is not known, as of other frames than the file's first. */
  get sidesBefore(): Sides | null {
    return this.#sides([])
  }

  /** In the edited one; null, too, once it was turned. */
  get sidesAfter(): Sides | null {
    return this.#sides(this.#seen)
  }

  #sides(steps: Step[]): Sides | null {
    const { dicom } = this.detail ?? {}
    if (!dicom || (this.frame !== null && this.frame + 1 !== dicom.frame)) return null
    if (steps.some(({ op }) => op === 'rotate')) return null
    const flips = (axis: 'horizontal' | 'vertical') =>
      steps.filter((step) => step.op === 'flip' && step.axis === axis).length
    const flipped = {
      flippedH: flips('horizontal') % 2 === 1,
      flippedV: flips('vertical') % 2 === 1,
      rotation: 0 as const,
    }
    return sidesOf(dicom.orientation, flipped)
  }

  async load(): Promise<void> {
    const { id } = this
    this.failure = null
    try {
      this.detail = await call('cases.get', { id })
      if (!this.detail.result) return
      const [before, { experiments }] = await Promise.all([
        call('whatIf.try', { ...this.#of, steps: [] }),
        call('whatIf.list', { id }),
      ])
      this.before = before
      this.#show(before, [])
      this.experiments = this.#ours(experiments)
      if (this.steps.length > 0) await this.#ask(performance.now())
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** One more step; one that changes nothing is none. */
  add(step: Step, since: number): void {
    if (!isNeutral(step)) this.#put([...this.steps, step], since)
  }

  /** In the place of the last step, which is of the same operation. */
  replaceLast(step: Step, since: number): void {
    const rest = this.steps.slice(0, -1)
    this.#put(isNeutral(step) ? rest : [...rest, step], since)
  }

  undo(): void {
    if (this.undoable) this.#go({ ...this.#history, at: this.#history.at - 1 })
  }

  redo(): void {
    if (this.redoable) this.#go({ ...this.#history, at: this.#history.at + 1 })
  }

  /** The first so many steps. */
  cutTo(n: number): void {
    if (n < this.steps.length) this.#put(this.steps.slice(0, n), performance.now())
  }

  use(steps: Step[]): void {
    if (keyOf(steps) !== this.key) this.#put(steps, performance.now())
  }

  /** Nobody wants what was begun any more. */
  drop(): void {
    keptSteps.drop(this.#reader, this.#image)
  }

  async drawHeat(label: Label): Promise<void> {
    const { steps, key } = this
    await this.#work('heat', async () => {
      const before = await call('whatIf.heat', { ...this.#of, steps: [], label })
      // The same method for both, or nothing could be compared.
      const after = await call('whatIf.heat', { ...this.#of, steps, label, method: before.method })
      this.heat = { label, before: heated(before), after: heated(after), of: key }
    })
  }

  async measureStability(): Promise<void> {
    const { steps, key } = this
    await this.#work('stability', async () => {
      this.stability = { card: await call('whatIf.stability', { ...this.#of, steps }), of: key }
    })
  }

  async keep(): Promise<void> {
    const { steps } = this
    await this.#work('keep', async () => {
      const kept = await call('whatIf.keep', { ...this.#of, steps })
      this.experiments = [kept, ...this.experiments]
      toasts.note(texts.whatIf.keptNow)
    })
  }

  async saveScan(experiment: number): Promise<void> {
    const { id } = this
    await this.#work('scan', async () => {
      await call('whatIf.saveScan', { id, experiment })
      this.experiments = this.#ours((await call('whatIf.list', { id })).experiments)
      toasts.note(texts.whatIf.saved)
    })
  }

  /** Those of this image: ones without a frame are of that which stands for the file. */
  #ours(experiments: Experiment[]): Experiment[] {
    const key = (this.detail?.dicom?.frame ?? 1) - 1
    return this.frame === null ? experiments : experiments.filter(({ frame }) => (frame ?? key) === this.frame)
  }

  async #work(what: NonNullable<WhatIf['busy']>, work: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = what
    try {
      await work()
    } catch (error) {
      toasts.failure(failureOf(error))
    } finally {
      this.busy = null
    }
  }

  #put(steps: Step[], since: number): void {
    if (steps.length > MAX_STEPS) return
    const { lists, at } = this.#history
    this.#go({ lists: [...lists.slice(0, at + 1), steps], at: at + 1 }, since)
  }

  #go(history: StepHistory, since = performance.now()): void {
    this.#history = history
    keptSteps.set(this.#reader, this.#image, history)
    void this.#ask(since)
  }

  #show(picture: Tried | null, steps: Step[]): void {
    this.after = picture
    this.#seen = steps
  }

  async #ask(since: number): Promise<void> {
    const { steps } = this
    const asked = ++this.#asked
    const isLast = () => asked === this.#asked
    if (steps.length === 0) {
      this.#show(this.before, [])
      this.refused = null
      this.asking = false
      return
    }
    this.asking = true
    try {
      const tried = await call('whatIf.try', { ...this.#of, steps })
      if (!isLast()) return
      this.#show(tried, steps)
      this.refused = null
      this.answeredIn = performance.now() - since
    } catch (error) {
      if (isLast()) this.refused = failureOf(error)
    } finally {
      if (isLast()) this.asking = false
    }
  }
}
