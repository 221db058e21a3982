import type { CaseDetail } from '../../shared/cases.ts'
import { isSamePatient, type PatientNames } from '../../shared/same-patient.ts'
import type { Prior, Series } from '../../shared/series.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { ImageStack, Viewer } from '../viewer/viewer.svelte.ts'
import { framePlaces } from './frame-places.ts'
import type { ImageTools } from './image-tools.svelte.ts'
import { type InStep, type InStepBy, shareOf, type Track, tie } from './in-step.ts'
import type { Review } from './review.svelte.ts'
import type { Stack } from './stack.svelte.ts'
import { askStack, type KnownStack, stackOf } from './stack-of.ts'

/** Another series of the patient, laid beside the open one. */
export class Compare {
  /** What can be laid beside; null while it is not known. */
  priors = $state.raw<Prior[] | null>(null)
  choosing = $state(false)
  failure = $state.raw<UiFailure | null>(null)
  inStep = $state(true)
  oneWindow = $state(false)
  /** How the two go together; null where each goes by itself. */
  by = $state<InStepBy | null>(null)
  #chosen = $state<{ id: string; beside: string } | null>(null)
  #detail = $state.raw<CaseDetail | null>(null)
  #known = $state.raw<KnownStack | null>(null)
  #tie: InStep | null = null
  readonly #review: Review
  readonly #stack: Stack
  readonly #tools: ImageTools

  constructor(review: Review, stack: Stack, tools: ImageTools) {
    this.#review = review
    this.#stack = stack
    this.#tools = tools
  }

  /** The case that lies beside; null for none. Never beside another case than the one that it was chosen for. */
  get id(): string | null {
    return this.#chosen?.beside === this.#review.id ? this.#chosen.id : null
  }

  get detail(): CaseDetail | null {
    return this.#detail?.id === this.id ? this.#detail : null
  }

  readonly images: ImageStack | null = $derived.by(() => stackOf(this.detail, this.#known))

  /** Of the slice on the screen along its stack; null where it is not known. */
  get mm(): number | null {
    return this.viewer ? placeShown(this.viewer, this.#known?.series ?? null) : null
  }

  /** What lies beside says of itself that it is another patient's than the open case. */
  get otherPatient(): boolean {
    const { detail } = this.#review
    return detail !== null && this.detail !== null && !isSamePatient(namesIn(detail), namesIn(this.detail))
  }

  /** Where it opens: at the same share of the stack. */
  get start(): number {
    return this.images ? shareOf(this.#stack.at, this.#stack, this.images.images) : 0
  }

  get viewer(): Viewer | null {
    return this.#tools.beside
  }

  /** Asks what there is, or closes what lies there. */
  async toggle(): Promise<void> {
    if (this.id !== null) return this.close()
    const { id } = this.#review
    try {
      const { priors } = await call('cases.priors', { id })
      if (id !== this.#review.id) return
      this.priors = priors
      if (priors.length > 0) this.choosing = true
      else toasts.hint(this.#review.detail?.patientId ? texts.stack.noPriors : texts.stack.noId)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }

  async choose(id: string): Promise<void> {
    this.choosing = false
    this.#chosen = { id, beside: this.#review.id }
    this.failure = null
    this.#untie()
    try {
      const [detail, known] = await Promise.all([call('cases.get', { id }), askStack(id)])
      if (id !== this.id) return
      this.#known = known
      this.#detail = detail
      // Looked at, it goes on record as any other case.
      void call('cases.opened', { id }).catch(() => undefined)
    } catch (error) {
      if (id === this.id) this.failure = failureOf(error)
    }
  }

  close(): void {
    this.#chosen = null
    this.#detail = null
    this.#known = null
    this.#untie()
  }

  toggleInStep(): void {
    if (this.id === null) {
      toasts.hint(texts.stack.nothingBeside)
      return
    }
    this.inStep = !this.inStep
    this.#untie()
    if (this.inStep) this.tie()
  }

  /** Ties the two by what is on the screen now, once both have pixels. */
  tie(): void {
    const { viewer: other } = this
    const one = this.#tools.viewer
    if (!this.inStep || this.#tie || !one || other?.status !== 'ready' || one.status !== 'ready' || !this.detail) return
    const anchor = { one: one.shown, other: other.shown }
    const ours = trackOf(one, this.#stack.series, this.#review.detail)
    this.#tie = tie(ours, trackOf(other, this.#known?.series ?? null, this.detail), anchor)
    this.by = this.#tie.by
    this.follow()
  }

  /** The other goes where the slice on the screen says. */
  follow(): void {
    const at = this.#tie?.follow(this.#stack.at)
    if (at !== undefined) void this.viewer?.go(at)
  }

  /** Scrolls the one that lies beside: in step the other leads. */
  scroll(by: number): void {
    if (this.#tie) this.#stack.step(by)
    else void this.viewer?.go(this.viewer.at + by)
  }

  #untie(): void {
    this.#tie = null
    this.by = null
  }
}

const namesIn = ({ patientId, patientName, dicom }: CaseDetail): PatientNames => ({
  ...{ patientId, patientName, patientIdIssuer: dicom?.patientIdIssuer ?? '' },
})

/** Of the slice on the screen along its stack, mm; null where it is not known. */
export function placeShown(viewer: Viewer, series: Series | null): number | null {
  void viewer.held
  if (series) return series.slices[viewer.shown]?.mm ?? null
  const planes = [0, viewer.shown].map((at) => viewer.headerAt(at)?.plane ?? null)
  return framePlaces(2, (at) => planes[at] ?? null)[1] ?? null
}

function trackOf(viewer: Viewer, series: Series | null, detail: CaseDetail | null): Track {
  const { length } = viewer.images
  const planeAt = (at: number) => viewer.headerAt(at)?.plane ?? null
  const known = series?.slices.map(({ mm }) => mm)
  return {
    length,
    // Those of frames come with their pixels.
    get mm() {
      return known ?? framePlaces(length, planeAt)
    },
    planeAt,
    frameOfReference: detail?.dicom?.frameOfReferenceUid ?? '',
  }
}
