import type { RequestOutput } from '../../shared/contract.ts'
import { failureOf, RequestFailed, transport } from '../client/client.ts'
import { texts } from '../texts.ts'
import { toasts } from './toasts.svelte.ts'

type Made = RequestOutput<'cases.report'>

/**
 * Has the core make a PDF, and saves it. False, with the reason told, where it could not; or where no place was chosen.
 *
 * @param about a case's id
 */
export async function saveFile(make: () => Promise<Made>, about?: string): Promise<boolean> {
  try {
    const { fileName, pdf } = await make()
    const reply = await transport.saveReport(fileName, pdf)
    if ('failure' in reply) throw new RequestFailed(reply.failure)
    if (reply.ok) toasts.note(texts.report.saved(fileName), about)
    return reply.ok
  } catch (error) {
    toasts.failure(failureOf(error))
    return false
  }
}

/**
 * The same to print it. To be called in the turn of the reader's click.
 *
 * @param about as of `saveFile`
 */
export async function printFile(make: () => Promise<Made>, about?: string): Promise<boolean> {
  const printing = transport.printing()
  if (!printing) {
    toasts.hint(texts.report.noTab, about)
    return false
  }
  try {
    const { fileName, pdf } = await make()
    const reply = await printing.print(fileName, pdf)
    if ('failure' in reply) throw new RequestFailed(reply.failure)
    return reply.ok
  } catch (error) {
    printing.giveUp()
    toasts.failure(failureOf(error))
    return false
  }
}
