import { GyrusError } from '../../../shared/errors.ts'
import { RESPONSE } from '../../listener/command.ts'
import type { Association, Message } from './association.ts'
import type { Response } from './commands.ts'

/** An answer to this request; anything else breaks the protocol. @throws GyrusError `pacs-malformed` */
export async function answerTo(
  association: Association,
  { incoming }: Message,
  asked: { field: number; messageId: number },
): Promise<Response> {
  const unexpected = () =>
    new GyrusError('pacs-malformed', { pacs: association.pacs, reason: 'it answers what was not asked' })
  if (!('response' in incoming)) throw unexpected()
  const { response } = incoming
  if (response.field !== (asked.field | RESPONSE) || response.respondedTo !== asked.messageId) throw unexpected()
  return response
}
