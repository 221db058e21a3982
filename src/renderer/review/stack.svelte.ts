import type { CaseDetail } from '../../shared/cases.ts'
import type { Series, Slice } from '../../shared/series.ts'
import { failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { router } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { ImageStack } from '../viewer/viewer.svelte.ts'
import { Cine } from './cine.svelte.ts'
import type { ImageTools } from './image-tools.svelte.ts'
import type { Review } from './review.svelte.ts'
import { askStack, type KnownStack, stackOf } from './stack-of.ts'

const REFRESH_MS = 400
const TENTH = 0.1

/** Whether it has an answer without a label, or a series failed as a whole. */
const isUnjudged = ({ result, state, series }: CaseDetail): boolean =>
  result === null ? state === 'failed' && series !== null : result.label === null

const withoutNumbers = (series: Series): Series => ({
  ...series,
  slices: series.slices.map((slice) => ({ ...slice, label: null, confidences: null })),
})

/** The counted slice that is the most probable tumour; none while numbers are folded away. */
function mostSuspicious(slices: readonly Slice[]): Slice | undefined {
  let most: { slice: Slice; tumour: number } | undefined
  for (const slice of slices) {
    if (slice.scope !== 'counted' || slice.confidences === null) continue
    const tumour = 1 - slice.confidences.notumor
    if (!most || tumour > most.tumour) most = { slice, tumour }
  }
  return most?.slice
}

/** What the open case is scrolled through: the slices of a series, the frames of a file, or its one image. */
export class Stack {
  failure = $state.raw<UiFailure | null>(null)
  readonly cine: Cine
  #known = $state.raw<(KnownStack & { of: string }) | null>(null)
  #numbersOf = $state<string | null>(null)
  readonly #review: Review
  readonly #tools: ImageTools
  #refreshing: ReturnType<typeof setTimeout> | null = null
  readonly #stop = onEvent((event) => {
    const ours = event.type === 'case' && this.slices.some(({ caseId }) => caseId === event.id)
    if (ours || event.type === 'resync' || (event.type === 'case' && event.id === this.#review.id)) this.#refresh()
  })

  constructor(review: Review, tools: ImageTools) {
    this.#review = review
    this.#tools = tools
    const stack = this
    this.cine = new Cine({
      get length() {
        return stack.length
      },
      get at() {
        return stack.at
      },
      has: (at) => tools.viewer?.has(at) !== 'none',
      go: (at) => void tools.viewer?.go(at),
    })
  }

  stop(): void {
    this.#stop()
    this.cine.stop()
    if (this.#refreshing) clearTimeout(this.#refreshing)
  }

  /** Never that of another case; without the numbers of its slices while they are folded away. */
  readonly series: Series | null = $derived.by(() => {
    const series = this.#ours?.series ?? null
    if (series?.id !== this.#review.id) return null
    return this.folded ? withoutNumbers(series) : series
  })

  /** Whether the reader asked for the network's numbers of the open case, which the model does not judge. */
  get numbersShown(): boolean {
    return this.#numbersOf === this.#review.id
  }

  set numbersShown(shown: boolean) {
    this.#numbersOf = shown ? this.#review.id : null
  }

  /** The model does not judge the whole: what the network says of single slices is shown only to whoever asks for it. */
  get folded(): boolean {
    const { detail } = this.#review
    return detail !== null && !this.numbersShown && isUnjudged(detail)
  }

  get #ours(): KnownStack | null {
    return this.#known?.of === this.#review.id ? this.#known : null
  }

  get slices(): readonly Slice[] {
    return this.series?.slices ?? []
  }

  /** The images of the open case, in their order; null while they are not known. */
  readonly images: ImageStack | null = $derived.by(() => stackOf(this.#review.detail, this.#ours))

  /** Whether they are frames of one file. */
  get frames(): boolean {
    return this.images?.images.some(({ frame }) => frame !== null) ?? false
  }

  /** Whether there is something to scroll through. */
  get many(): boolean {
    return this.length > 1
  }

  get length(): number {
    return this.images?.images.length ?? 0
  }

  /** The slice that was asked for, from 0 on. */
  get at(): number {
    const { viewer } = this.#tools
    return viewer?.of === this.#review.id ? viewer.at : this.start
  }

  /** The slice of the series that was asked for. */
  get slice(): Slice | null {
    return this.slices[this.at] ?? null
  }

  /** The slice with which it opens: the one that the address names, else the one that the answer stands on. */
  get start(): number {
    const asked = router.route.page === 'case' && router.route.id === this.#review.id ? router.route.slice : null
    const own = this.series?.key ?? (this.#review.detail?.dicom?.frame ?? 1) - 1
    return asked === null ? own : Math.min(asked, this.length) - 1
  }

  /** The case is a slice of a series: its series is what is opened. */
  lead(detail: CaseDetail): boolean {
    const { series } = detail
    if (!series || series.place === null) return false
    router.openCase(series.id, series.place + 1)
    return true
  }

  async load(id: string): Promise<void> {
    try {
      const known = await askStack(id)
      if (id !== this.#review.id) return
      this.#known = { of: id, ...known }
      this.failure = null
    } catch (error) {
      if (id === this.#review.id) this.failure = failureOf(error)
    }
  }

  /** The reader goes to a slice: what plays stops. */
  go(at: number): void {
    this.cine.stop()
    void this.#tools.viewer?.go(at)
  }

  step(by: number): void {
    this.go(this.at + by)
  }

  /** A tenth of the stack. */
  leap(way: -1 | 1): void {
    this.step(way * Math.max(1, Math.round(this.length * TENTH)))
  }

  toMostSuspicious(): void {
    if (this.#kept()) return
    const { series } = this
    // Of a series that is not judged the key slice is the middle one: where its numbers are shown, they tell.
    const place = series?.deciding?.length ? series.key : mostSuspicious(this.slices)?.place
    if (place === undefined) toasts.hint(texts.stack.noneCounted)
    else this.go(place)
  }

  /** To the next counted slice that way that the AI calls a tumour. */
  toSuspicious(way: -1 | 1): void {
    if (this.#kept()) return
    if (this.folded) {
      toasts.hint(texts.stack.noneCounted)
      return
    }
    const calls = ({ scope, label }: Slice) => scope === 'counted' && label !== null && label !== 'notumor'
    const slices = this.slices.filter((slice) => calls(slice) && Math.sign(slice.place - this.at) === way)
    const next = way > 0 ? slices[0] : slices.at(-1)
    if (next) this.go(next.place)
    else toasts.hint(texts.stack.noMore[way])
  }

  /** Whether there are probabilities and they are not to be seen yet; says so. */
  #kept(): boolean {
    if (!this.series) toasts.hint(texts.stack.noSeries)
    else if (this.#review.detail?.awaitsImpression) toasts.hint(texts.impression.first, this.#review.id)
    else return false
    return true
  }

  #refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null
      const { detail } = this.#review
      // What its file has is not known before it was read.
      if (detail?.series || (detail?.dicom?.frames ?? 2) > 1) void this.load(this.#review.id)
    }, REFRESH_MS)
  }
}
