import { SvelteMap } from 'svelte/reactivity'
import {
  asFile,
  type Batch,
  type BatchFile,
  type BatchQuery,
  type BatchSeries,
  type BatchTotals,
  type ExportFormat,
} from '../../shared/batches.ts'
import type { CaseRow } from '../../shared/cases.ts'
import type { RequestOutput } from '../../shared/contract.ts'
import type { PassedOver } from '../../shared/passed-over.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { download } from '../client/download.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { departmentWork } from '../department/work.svelte.ts'
import { router } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { FileWindows } from './files.svelte.ts'
import { isUnderWay } from './list.svelte.ts'

const REFRESH_MS = 400
/** Cases of one request to agree or to sign. */
const AT_ONCE = 500

const none = (): BatchQuery => ({ labels: [], states: [], confidenceUpTo: null, sort: 'attention', slices: true })

/** What can be done with it unseen, among others: agree with what was opened, sign one's own verdict on it. */
export function askFor({ state, opened, reader, series }: BatchFile): 'agree' | 'sign' | null {
  if (!opened) return null
  // A slice is read with its series.
  if (state === 'analysed') return series === null ? 'agree' : null
  return state === 'reviewed' && reader === account.current?.name ? 'sign' : null
}

/** The last part of a path, whichever system it is from. */
export const fileNameOf = ({ path }: BatchFile) => path.split(/[\\/]/).at(-1) || path

/** The batch that was opened last, as the reader left it. Lives on while one of its cases is open. */
export class OpenBatch {
  readonly id: string
  readonly files: FileWindows
  batch = $state.raw<Batch | null>(null)
  totals = $state.raw<BatchTotals>([])
  series = $state.raw<RequestOutput<'batches.get'>['series']>({ count: 0, files: 0, cases: [] })
  /** Once there is a series its slices are no rows, until the reader asks for them. */
  #together = false
  passedOver = $state.raw<PassedOver[]>([])
  failure = $state.raw<UiFailure | null>(null)
  query = $state.raw<BatchQuery>(none())
  selected = $state(0)
  /** The case of the selected row: a verdict moves rows, and the selection goes with its case. */
  #selectedCase: string | null = null
  scrollTop = 0
  /** Case ids, with what can be done with each. */
  readonly chosen = new SvelteMap<string, 'agree' | 'sign'>()
  #asking: ReturnType<typeof setTimeout> | null = null
  #endAsking: () => void = () => undefined
  readonly #stop = onEvent((event) => {
    const ours = event.type === 'batch' && event.id === this.id
    if (ours || event.type === 'resync') this.refresh()
    // A verdict moves a row; while it runs its own events tell of more than that.
    else if (event.type === 'case' && this.batch?.state !== 'running') this.refresh()
  })

  constructor(id: string) {
    this.id = id
    this.files = new FileWindows(id, this.query, () => this.#keepSelected())
    void this.load()
  }

  /** The series that fit the query as their files would. */
  get shownSeries(): BatchSeries[] {
    const { labels, states, confidenceUpTo } = this.query
    return this.series.cases.filter(
      ({ label, state, confidence }) =>
        (labels.length === 0 || (label !== null && labels.includes(label))) &&
        (states.length === 0 || states.includes(asFile(state))) &&
        (confidenceUpTo === null || (confidence !== null && confidence <= confidenceUpTo)),
    )
  }

  readonly filtered = $derived.by(() => {
    const { labels, states, confidenceUpTo } = this.query
    return labels.length > 0 || states.length > 0 || confidenceUpTo !== null
  })

  // Not derived: what a page derives ends with it, and the batch lives on while one of its cases is open.
  get toAgree(): string[] {
    return this.#chosenFor('agree')
  }

  get toSign(): string[] {
    return this.#chosenFor('sign')
  }

  close(): void {
    this.#stop()
    this.#endAsking()
    this.files.stop()
  }

  refresh(): void {
    this.files.refresh()
    this.#asking ??= setTimeout(() => {
      this.#asking = null
      void this.load()
    }, REFRESH_MS)
  }

  async load(): Promise<void> {
    try {
      const { batch, totals, series } = await call('batches.get', { id: this.id })
      // Known all at once, when the looking has ended.
      const more = batch.passedOver !== (this.batch?.passedOver ?? 0)
      this.batch = batch
      this.#endAsking()
      if (isUnderWay(batch)) this.#endAsking = departmentWork.askAgain(() => this.refresh())
      this.series = series
      if (series.count > 0 && !this.#together) {
        this.#together = true
        this.ask({ slices: false })
      }
      this.totals = totals
      if (more) this.passedOver = (await call('batches.passed-over', { id: this.id })).passedOver
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  ask(change: Partial<BatchQuery>): void {
    this.query = { ...this.query, ...change }
    this.selected = 0
    this.#selectedCase = null
    this.files.use(this.query)
  }

  /** Shows only what has this label or one of these states, or, where that is what is shown, everything again. */
  askOnly(wanted: Pick<BatchQuery, 'labels' | 'states'>): void {
    const { labels, states } = this.asksOnly(wanted) ? none() : wanted
    this.ask({ labels, states, confidenceUpTo: null })
  }

  asksOnly({ labels, states }: Pick<BatchQuery, 'labels' | 'states'>): boolean {
    const same = (some: string[], others: string[]) => some.toSorted().join() === others.toSorted().join()
    return same(this.query.labels, labels) && same(this.query.states, states)
  }

  clear(): void {
    const { sort, slices } = this.query
    this.ask({ ...none(), sort, slices })
  }

  select(index: number): void {
    this.selected = Math.max(0, Math.min((this.files.total ?? 1) - 1, index))
    this.#selectedCase = this.files.row(this.selected)?.caseId ?? null
  }

  #keepSelected(): void {
    const at = this.#selectedCase === null ? -1 : this.files.indexOf(this.#selectedCase)
    if (at >= 0) this.selected = at
  }

  open(row = this.files.row(this.selected)): void {
    if (row?.caseId) router.openCase(row.caseId)
  }

  choose(row: BatchFile): void {
    const what = askFor(row)
    if (!row.caseId || !what) return
    if (!this.chosen.delete(row.caseId)) this.chosen.set(row.caseId, what)
  }

  chooseOpened(): void {
    for (const row of this.files.known) {
      const what = askFor(row)
      if (row.caseId && what) this.chosen.set(row.caseId, what)
    }
  }

  agree(): Promise<void> {
    const ask = (cases: string[]) => call('batches.agree', { cases })
    return this.#forAll(this.toAgree, ask, (sum) =>
      texts.batches.agreed(
        sum((one) => one.agreed),
        sum((one) => one.notOpened),
        sum((one) => one.notReviewable),
      ),
    )
  }

  sign(): Promise<void> {
    const ask = (cases: string[]) => call('batches.sign', { cases })
    return this.#forAll(this.toSign, ask, (sum) =>
      texts.batches.signed(
        sum((one) => one.signed),
        sum((one) => one.notOpened),
        sum((one) => one.notSignable),
      ),
    )
  }

  /** Asks for some cases at a time, and tells what came of it all. */
  async #forAll<Answer>(
    cases: string[],
    ask: (some: string[]) => Promise<Answer>,
    told: (sum: (count: (answer: Answer) => number) => number) => string,
  ): Promise<void> {
    const answers: Answer[] = []
    try {
      for (let at = 0; at < cases.length; at += AT_ONCE) answers.push(await ask(cases.slice(at, at + AT_ONCE)))
      for (const id of cases) this.chosen.delete(id)
      toasts.note(told((count) => answers.reduce((sum, answer) => sum + count(answer), 0)))
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    this.refresh()
  }

  #chosenFor(what: 'agree' | 'sign'): string[] {
    return [...this.chosen].flatMap(([id, asked]) => (asked === what ? [id] : []))
  }

  async export(format: ExportFormat): Promise<void> {
    try {
      const { path } = await call('batches.export', { id: this.id, format })
      download(path)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }

  /** The case before or after one in this order; null at the ends, and where that one is not in it (any more). */
  async neighbour(caseId: string, by: -1 | 1): Promise<string | null> {
    return this.#seek(caseId, by, () => true)
  }

  /** The next one without a verdict. */
  async nextUnread(caseId: string): Promise<string | null> {
    return this.#seek(caseId, 1, (row) => row.state === 'analysed')
  }

  async #seek(caseId: string, by: -1 | 1, fits: (row: BatchFile) => boolean): Promise<string | null> {
    const from = this.files.indexOf(caseId)
    if (from < 0) return null
    for (let at = from + by; at >= 0 && at < (this.files.total ?? 0); at += by) {
      const row = await this.files.fetchRow(at)
      if (!row) return null
      if (row.caseId && row.caseId !== caseId && fits(row)) return row.caseId
    }
    return null
  }

  /** Cases around one in this order, as the strip of the review shows them. */
  around(caseId: string, cases: number): CaseRow[] {
    const at = this.files.indexOf(caseId)
    const first = Math.max(0, at - cases)
    const rows = Array.from({ length: 2 * cases + 1 }, (_, i) => this.files.row(first + i))
    return at < 0 ? [] : rows.flatMap((row) => (row?.caseId ? [toCaseRow(row, row.caseId)] : []))
  }
}

const toCaseRow = (row: BatchFile, id: string): CaseRow => ({
  id,
  receivedAt: '',
  fileName: fileNameOf(row),
  patientName: null,
  patientId: null,
  studyDate: null,
  description: null,
  source: 'file',
  second: null,
  state: row.state === 'skipped' || row.state === 'waiting' ? (row.verdict ? 'reviewed' : 'analysed') : row.state,
  label: row.label,
  confidence: row.confidence,
  modelId: row.modelId,
  reader: row.reader,
  verdict: row.verdict,
  verdictLabel: null,
  onEarlierAnswer: row.onEarlierAnswer,
  failure: row.failure,
  urgency: null,
})

let last: OpenBatch | null = null

/** The batch with this id, as it was left where it was the last one. */
export function openBatch(id: string): OpenBatch {
  if (last?.id === id) {
    last.refresh()
    return last
  }
  last?.close()
  last = new OpenBatch(id)
  return last
}

/** The batch that the open case was opened from. */
export const walkedBatch = (): OpenBatch | null => (last && last.id === router.fromBatch ? last : null)
