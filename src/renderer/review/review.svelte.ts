import {
  type CaseDetail,
  type CasePlace,
  type CaseRow,
  isDismissable,
  type Verdict,
  type VerdictRecord,
} from '../../shared/cases.ts'
import type { VerdictLabel } from '../../shared/labels.ts'
import type { Impression } from '../../shared/reading.ts'
import { account } from '../accounts/account.svelte.ts'
import { type OpenBatch, walkedBatch } from '../batches/batch.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { router, whatIfUrl } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import type { ImageRef } from '../viewer/images.ts'
import { dismiss, nameOf, workList } from '../work-list/list.svelte.ts'
import { query } from '../work-list/query.svelte.ts'
import { complete, completeAmendment, drafts, takesLabel } from './drafts.svelte.ts'
import { giveVerdict } from './give-verdict.ts'

type ReportTo = 'save' | 'print'

/** Cases to each side in the strip. */
const AROUND = 15
const REFRESH_MS = 400
/** What a reader can call it; each has a key of its own, that of the AI's label too. */
export const CHOICES: readonly VerdictLabel[] = ['glioma', 'meningioma', 'pituitary', 'notumor', 'other']

/** The case that is open, and where it stands in the work list. */
export class Review {
  id = $state('')
  failure = $state.raw<UiFailure | null>(null)
  #listed = $state.raw<CaseRow[]>([])
  /** The image on the screen could not be shown, though it should be there. */
  unseen = $state(false)
  saving = $state(false)
  /** The dialog for a report is open. */
  reporting = $state(false)
  /** What Enter does in it. */
  reportTo = $state<ReportTo>('save')
  historyOpen = $state(false)
  #detail = $state.raw<CaseDetail | null>(null)
  #place = $state.raw<(CasePlace & { of: string }) | null>(null)
  /** A step asked for before it was known where to. */
  #wanted: -1 | 1 | null = null
  /** Begun, with nothing chosen yet. */
  #amending = $state(false)
  /** The case and result that were last told to be on the screen. */
  #opened = ''
  /** How often that went on record, of which the core tells nobody. */
  views = $state(0)
  #refreshing: ReturnType<typeof setTimeout> | null = null
  readonly #stop = onEvent((event) => {
    if (event.type === 'resync' || (event.type === 'case' && event.id === this.id)) void this.#load(this.id)
    if (event.type === 'case' || event.type === 'resync') this.#refresh()
  })

  /** Never that of another case. */
  get detail(): CaseDetail | null {
    return this.#detail?.id === this.id ? this.#detail : null
  }

  /** Never that of another case: a step from there would go astray. */
  get place(): CasePlace | null {
    return this.#place?.of === this.id ? this.#place : null
  }

  get draft() {
    return drafts.of(this.id)
  }

  /** Whether the model gives no answer, since the image is outside what it knows. */
  get unjudged(): boolean {
    return this.detail?.result?.label === null
  }

  /** Whether the case is a series of files. */
  get isSeries(): boolean {
    return this.detail?.series?.id === this.id
  }

  /** Whether a verdict can be given: on an image that is seen. */
  get reviewable(): boolean {
    return this.awaitsVerdict && !this.unseen
  }

  /** Whether this reader may give one here and now. */
  get awaitsVerdict(): boolean {
    const open = this.detail?.state === 'analysed' || this.detail?.state === 'reviewed'
    return (open || this.amending || this.task !== null) && account.can('review') && !this.detail?.awaitsImpression
  }

  /** What a case that two read waits for, where this reader may do it. */
  get task(): 'read' | 'adjudicate' | null {
    return (account.can('review') && this.detail?.secondReading?.act) || null
  }

  /** Whether this reader can put another verdict in the place of the signed one. */
  get amendable(): boolean {
    const { detail } = this
    const settled = detail?.second !== 'disputed' && !detail?.secondReading?.withheld
    return detail?.state === 'signed' && this.task === null && settled && account.can('review')
  }

  /** Whether this reader can try out what changes the answer. */
  get triable(): boolean {
    return this.detail?.result != null && !this.detail.awaitsImpression && account.can('review')
  }

  /** The image on the screen: of a series its slice, of a file its frame. */
  tryOut({ caseId, frame }: ImageRef = { caseId: this.id, frame: null }): void {
    if (this.triable) location.hash = whatIfUrl(caseId, frame === null ? null : frame + 1)
  }

  /** Whether it can be taken off the lists; where answers are kept back, that it can would tell one. */
  get dismissable(): boolean {
    const { detail } = this
    return detail !== null && !detail.awaitsImpression && isDismissable(detail) && account.can('review')
  }

  /** Takes it off the lists and goes on to the next case. */
  async dismiss(): Promise<void> {
    if (!this.detail) return
    const next = this.place?.next ?? this.place?.previous
    if (!(await dismiss(this.detail))) return
    if (next) router.openCase(next)
    else router.goBack()
  }

  /** Whether a second reader can be asked for. */
  get markable(): boolean {
    const { detail } = this
    const answered = detail?.state === 'analysed' || detail?.state === 'reviewed' || detail?.state === 'signed'
    return answered && detail.secondReading === null && account.can('review')
  }

  get standing(): VerdictRecord | null {
    return this.detail?.verdicts[0] ?? null
  }

  /** Whether what is chosen takes the place of a signed verdict. */
  get amending(): boolean {
    return this.amendable && (this.#amending || drafts.has(this.id))
  }

  /** Whether what is begun can be saved, or amended with. */
  get complete(): boolean {
    return this.amending ? completeAmendment(this.draft) : complete(this.draft)
  }

  /** Whether this reader can sign what stands; a verdict that they have begun is to be saved first. */
  get signable(): boolean {
    const { detail, standing } = this
    const own = standing?.reader === account.current?.name && standing?.resultId === detail?.result?.id
    return detail?.state === 'reviewed' && own && account.can('review') && !drafts.has(this.id)
  }

  stop(): void {
    toasts.clearCases()
    this.#stop()
    if (this.#refreshing) clearTimeout(this.#refreshing)
  }

  open(id: string): void {
    toasts.clearCases(id)
    if (this.id && this.id !== id && drafts.has(this.id)) toasts.hint(texts.verdict.keptDraft, id)
    this.id = id
    this.failure = null
    this.#wanted = null
    this.#amending = false
    workList.selectedId = id
    void this.#load(id)
    void this.#locate(id)
  }

  step(by: -1 | 1): void {
    const batch = walkedBatch()
    if (batch) return void this.#stepIn(batch, by)
    const to = (by < 0 ? this.place?.previous : this.place?.next) ?? this.#besides(by)
    if (to) router.openCase(to)
    else if (!this.place) this.#wanted = by
    else toasts.hint(by < 0 ? texts.review.first : texts.review.last)
  }

  /** From case to case of the batch that it was opened from, in the order shown there. */
  async #stepIn(batch: OpenBatch, by: -1 | 1): Promise<void> {
    const { id } = this
    const to = await batch.neighbour(id, by)
    if (id !== this.id) return
    if (to) router.openCase(to)
    else toasts.hint(by < 0 ? texts.review.first : texts.review.last)
  }

  async nextUnread(): Promise<void> {
    const batch = walkedBatch()
    if (batch) {
      const next = await batch.nextUnread(this.id)
      if (next) router.openCase(next)
      else toasts.hint(texts.workList.noUnread)
      return
    }
    const place = this.place ?? (await call('cases.place', { id: this.id, query: query.value }).catch(() => null))
    if (place?.nextUnread) router.openCase(place.nextUnread)
    else if (place) toasts.hint(texts.workList.noUnread)
  }

  choose(verdict: Verdict): void {
    if (!this.reviewable) return
    if (this.unjudged && verdict === 'agree') {
      toasts.hint(this.isSeries ? texts.inputGate.seriesNoAnswer : texts.inputGate.noAnswer, this.id)
      return
    }
    const given = this.unjudged && verdict === 'disagree' ? 'own' : verdict
    if (this.draft.verdict !== given) drafts.change(this.id, { verdict: given, label: null })
  }

  chooseLabel(label: VerdictLabel): void {
    if (label === this.detail?.result?.label) return
    // There is nothing to disagree with first.
    if (this.unjudged) this.choose('own')
    if (takesLabel(this.draft.verdict)) drafts.change(this.id, { label })
  }

  /** A verdict was chosen that needs a label, and none is yet. */
  get halfChosen(): boolean {
    return takesLabel(this.draft.verdict) && this.draft.label === null
  }

  /** What was typed stays. */
  unchoose(): void {
    drafts.change(this.id, { verdict: null })
  }

  /** Records what the reader thinks, which shows the answer. */
  async impress(impression: Impression): Promise<void> {
    const { id } = this
    if (this.saving || !account.can('review')) return
    await this.#store(id, () => call('cases.impression', { id, impression }))
  }

  /** Asks what the report is to be like, to save or print it; it would tell the answer, so it waits for the impression. */
  report(to: ReportTo): void {
    this.reportTo = to
    if (this.detail?.awaitsImpression) toasts.hint(texts.impression.first, this.id)
    else this.reporting = this.detail !== null
  }

  async sign(): Promise<void> {
    const { id, standing, detail } = this
    if (this.saving || !account.can('review') || !detail || detail.state === 'signed') return
    if (this.unseen) return toasts.hint(texts.review.unseen, id)
    if (drafts.has(id) || !standing) return toasts.hint(texts.verdict.saveFirst, id)
    if (await this.#store(id, () => call('cases.sign', { id, verdict: standing.id }))) {
      toasts.note(texts.verdict.nowSigned, id)
    }
  }

  beginAmendment(): void {
    this.#amending = this.amendable
  }

  cancelAmendment(): void {
    this.#amending = false
    drafts.drop(this.id)
  }

  /** Saves the verdict begun. False, with the reason told, where it could not. */
  async save(): Promise<boolean> {
    const { id, draft, amending, standing, task } = this
    const { verdict, label, reason } = draft
    if (this.saving || !this.reviewable || !this.complete || verdict === null) return false
    const given = { id, verdict, label, comment: draft.comment.trim() }
    return this.#store(id, async () => {
      const detail = await giveVerdict(given, {
        task,
        over: standing?.id ?? 0,
        reason: amending ? reason.trim() : null,
      })
      if (drafts.of(id) === draft) drafts.drop(id)
      this.#amending = false
      return detail
    })
  }

  /** Asks for a second reader. */
  async mark(): Promise<void> {
    const { id } = this
    if (await this.#store(id, () => call('cases.mark-second', { id }))) toasts.note(texts.second.nowMarked, id)
  }

  /** False, with the reason told, where it could not be done. */
  async #store(id: string, act: () => Promise<CaseDetail>): Promise<boolean> {
    this.saving = true
    try {
      const detail = await act()
      if (id === this.id) this.#detail = detail
      return true
    } catch (error) {
      toasts.failure(failureOf(error))
      return false
    } finally {
      this.saving = false
    }
  }

  async saveAndStay(): Promise<boolean> {
    const { amending, task } = this
    const saved = await this.save()
    const done = task ? texts.second.signed[task] : amending ? texts.verdict.amended : texts.verdict.saved
    if (saved) toasts.note(done, this.id)
    return saved
  }

  async saveAndNext(): Promise<boolean> {
    // Who amends looks at what came of it.
    if (this.amending || this.task) return this.saveAndStay()
    const { id, detail } = this
    const batch = walkedBatch()
    // Asked before: in the batch's order the case may move when it has a verdict.
    const inBatch = batch ? await batch.nextUnread(id) : null
    if (!(await this.save())) return false
    const place = batch ? null : await call('cases.place', { id, query: query.value }).catch(() => null)
    const next = batch ? inBatch : place?.nextUnread
    if (next) router.openCase(next)
    // Over the next case it says which one was saved.
    if (next && detail) toasts.note(texts.verdict.savedFor(nameOf(detail)), next)
    else toasts.note(place || batch ? texts.verdict.savedLast : texts.verdict.saved, id)
    return true
  }

  async #load(id: string): Promise<void> {
    try {
      const detail = await call('cases.get', { id })
      if (id !== this.id) return
      this.#detail = detail
      this.failure = null
      this.#tellOpened(detail)
    } catch (error) {
      if (id === this.id) this.failure = failureOf(error)
    }
  }

  /** The case with its result is on the screen: that goes on record, once for each time that it is opened. */
  #tellOpened({ id, result }: CaseDetail): void {
    const shown = `${id} ${result?.id ?? ''}`
    if (this.#opened === shown) return
    this.#opened = shown
    void call('cases.opened', { id }).then(
      () => this.views++,
      () => {
        this.#opened = ''
      },
    )
  }

  /** The case's neighbours. Those of a batch follow its files: asked for at one time they could be of the state before. */
  get strip(): CaseRow[] {
    return walkedBatch()?.around(this.id, AROUND) ?? this.#listed
  }

  /** Where the case stands, and its neighbours. A case that the filter no longer lets through keeps the neighbours it had. */
  async #locate(id: string): Promise<void> {
    if (walkedBatch()) return
    try {
      const place = await call('cases.place', { id, query: query.value })
      if (id !== this.id) return
      this.#place = { ...place, of: id }
      if (this.#wanted) this.step(this.#wanted)
      this.#wanted = null
      if (place.position === null || id !== this.id) return
      workList.selected = place.position
      const offset = Math.max(0, place.position - AROUND)
      const { rows } = await call('cases.list', { query: query.value, offset, limit: 2 * AROUND + 1 })
      if (id === this.id) this.#listed = rows
    } catch {
      // The case itself tells what is wrong.
    }
  }

  #refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null
      void this.#locate(this.id)
    }, REFRESH_MS)
  }

  #besides(by: -1 | 1): string | null {
    const at = this.strip.findIndex(({ id }) => id === this.id)
    return at < 0 ? null : (this.strip[at + by]?.id ?? null)
  }
}
