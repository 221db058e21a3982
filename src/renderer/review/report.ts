import type { ReportOptions } from '../../shared/report.ts'
import { call, failureOf, RequestFailed, transport } from '../client/client.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'

/** Has the core make a case's report and saves it. False, with the reason told, where it could not; or where the reader chose no place. */
export async function saveReport(id: string, options: ReportOptions): Promise<boolean> {
  try {
    const { fileName, pdf } = await call('cases.report', { id, ...options })
    const reply = await transport.saveReport(fileName, pdf)
    if ('failure' in reply) throw new RequestFailed(reply.failure)
    if (reply.ok) toasts.note(texts.report.saved(fileName), id)
    return reply.ok
  } catch (error) {
    toasts.failure(failureOf(error))
    return false
  }
}
