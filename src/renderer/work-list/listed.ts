import type { CaseRow } from '../../shared/cases.ts'
import { account } from '../accounts/account.svelte.ts'
import { call, failureOf } from '../client/client.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { nameOf, workList } from './list.svelte.ts'

/** Has a case that is only listed classified, with the series that it is of; for any other it says that it is not. */
export async function classify(row: Pick<CaseRow, 'id' | 'state' | 'patientName' | 'fileName'>): Promise<void> {
  if (!account.can('review')) return
  if (row.state !== 'listed') return toasts.hint(texts.workList.notListed)
  await call('cases.classify', { ids: [row.id] }).then(
    ({ queued }) => toasts.note(texts.workList.classified(nameOf(row), queued)),
    (error: unknown) => toasts.failure(failureOf(error)),
  )
  workList.pages.refresh()
}
