import { randomUUID } from 'node:crypto'
import type { AuditFormat, AuditQuery } from '../../../shared/audit.ts'
import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import { type AuditDownload, exportEntries } from './formats/index.ts'

/** Downloads that were asked for and not fetched. */
const MAX_WAITING = 20

/** Exports of the trail that a page asks for: first logged, then fetched once under a name that nobody can guess. */
export class AuditExports {
  readonly #store: Store
  readonly #waiting = new Map<string, { format: AuditFormat; query: AuditQuery }>()

  constructor(store: Store) {
    this.#store = store
  }

  /** @returns the token to fetch it by */
  async prepare(format: AuditFormat, query: AuditQuery, actor: string): Promise<string> {
    await this.#store.log({ actor, act: 'audit.exported', subject: 'audit', detail: { format, query } })
    const token = randomUUID()
    this.#waiting.set(token, { format, query })
    for (const oldest of this.#waiting.keys()) if (this.#waiting.size > MAX_WAITING) this.#waiting.delete(oldest)
    return token
  }

  /** @throws GyrusError `request-invalid` */
  async take(token: string): Promise<AuditDownload> {
    const asked = this.#waiting.get(token)
    if (!asked) throw new GyrusError('request-invalid', { reason: 'there is no such export' })
    this.#waiting.delete(token)
    return exportEntries(this.#store, asked.format, asked.query)
  }
}
