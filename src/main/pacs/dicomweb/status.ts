import { GyrusError } from '../../../shared/errors.ts'
import type { Answer, Server } from './http.ts'

/** What a server says that does not have such a service, or not in this form. */
const NOT_OFFERED = [404, 405, 406, 415, 501]
const NO_ROOM = [413, 429, 503, 507]

/**
 * Goes on only where the server did what it was asked. Its own words are not taken on: they may say anything, of patients too.
 *
 * @param service what it was asked for, as part of a sentence
 * @throws GyrusError `pacs-forbidden`, `pacs-not-offered`, `pacs-out-of-resources`, `pacs-status`
 */
export function refuseStatus(answer: Answer, { settings }: Server, service: string): void {
  const { status } = answer
  if (status >= 200 && status < 300) return
  answer.drop()
  const pacs = settings.name
  if (status === 401 || status === 403) throw new GyrusError('pacs-forbidden', { pacs, status })
  if (NOT_OFFERED.includes(status)) throw new GyrusError('pacs-not-offered', { pacs, service })
  const code = NO_ROOM.includes(status) ? 'pacs-out-of-resources' : 'pacs-status'
  throw new GyrusError(code, { pacs, status: `HTTP ${status}`, comment: '' })
}
