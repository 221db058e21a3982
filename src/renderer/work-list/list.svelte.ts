import type { CaseRow } from '../../shared/cases.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import { foreign } from '../format.ts'
import { router } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { CasePages } from './pages.svelte.ts'
import { query } from './query.svelte.ts'

type Named = Pick<CaseRow, 'patientName' | 'fileName'>

/** What to call a case. */
export const nameOf = (row: Named) => foreign(row.patientName ?? row.fileName)

/** Files that will be read no better the next time. */
const HOPELESS = new Set<string>([
  'image-unsupported',
  'image-too-small',
  'image-too-large',
  'file-empty',
  'folder-empty',
] satisfies ErrorCode[])
export const canRetry = (row: Pick<CaseRow, 'failure'>) =>
  account.can('review') && row.failure !== null && !HOPELESS.has(row.failure.code)

/** The work list as the reader left it: rows, selection, scroll position. Lives as long as the page. */
class WorkList {
  readonly pages = new CasePages()
  selected = $state(0)
  selectedId = $state<string | null>(null)
  /** Where the list was scrolled to, px; kept while a case is open. */
  scrollTop = 0
  readers = $state.raw<string[]>([])
  models = $state.raw<string[]>([])

  constructor() {
    onEvent(({ type }) => {
      if (type === 'case' || type === 'retention' || type === 'resync') this.pages.refresh()
    })
  }

  /** The selected case. Undefined where its row is not fetched, or rows moved and it is not found again yet. */
  get row(): CaseRow | undefined {
    const row = this.pages.row(this.selected)
    return this.selectedId && row?.id !== this.selectedId ? undefined : row
  }

  select(index: number): void {
    const last = (this.pages.total ?? 1) - 1
    this.selected = Math.max(0, Math.min(last, index))
    this.selectedId = this.pages.row(this.selected)?.id ?? null
  }

  /** A row that was selected before it was fetched tells its case when it is there. */
  adopt(): void {
    if (!this.selectedId && this.selected > 0) this.selectedId = this.row?.id ?? null
  }

  /** Keeps the selection on its case when rows moved. Returns by how many rows it moved. */
  async follow(): Promise<number> {
    const before = this.selected
    const id = this.selectedId
    // Nothing chosen yet: the first row is, whichever comes in.
    if (!id) return 0
    if (this.row?.id === id) return 0
    const near = this.pages.indexOf(id)
    const at = near >= 0 ? near : await this.#placeOf(id)
    if (this.selectedId !== id) return 0
    if (at === null) {
      this.select(before)
      return 0
    }
    // Its row may lie out of view and not be fetched; the id stays.
    this.selected = at
    return at - before
  }

  open(row = this.row): void {
    if (!row) return
    this.selectedId = row.id
    router.openCase(row.id)
  }

  async nextUnread(): Promise<void> {
    const from = this.selectedId ?? this.row?.id
    if (!from) return
    if (this.row?.state === 'analysed') return this.open()
    const place = await call('cases.place', { id: from, query: query.value }).catch(() => null)
    if (place?.nextUnread) router.openCase(place.nextUnread)
    else toasts.hint(texts.workList.noUnread)
  }

  async loadFacets(): Promise<void> {
    const facets = await call('cases.facets', {}).catch(() => null)
    this.readers = facets?.readers ?? this.readers
    this.models = facets?.models ?? this.models
  }

  async #placeOf(id: string): Promise<number | null> {
    const place = await call('cases.place', { id, query: query.value }).catch(() => null)
    return place?.position ?? null
  }
}

export const workList = new WorkList()

/** Analyses a failed case again. */
export async function retry(row: Named & { id: string }): Promise<void> {
  await call('cases.retry', { id: row.id }).then(
    () => toasts.note(texts.workList.retried(nameOf(row))),
    (error: unknown) => toasts.failure(failureOf(error)),
  )
  workList.pages.refresh()
}

/** Takes a failed case off the list. True when it worked. */
export async function dismiss(row: Named & { id: string }): Promise<boolean> {
  const done = await call('cases.dismiss', { id: row.id }).then(
    () => true,
    (error: unknown) => {
      toasts.failure(failureOf(error))
      return false
    },
  )
  if (done) toasts.note(texts.workList.removed(nameOf(row)))
  workList.pages.refresh()
  return done
}
