import { randomUUID } from 'node:crypto'
import type { ExportFormat } from '../../../../shared/batches.ts'
import { GyrusError } from '../../../../shared/errors.ts'
import type { ReadStore, Store } from '../../../store/types.ts'
import { toCsv } from './csv.ts'
import { tableOf } from './table.ts'
import { MOST_ROWS, toXlsx } from './xlsx.ts'

/** Tickets kept: a page that never fetches what it asked for must not fill the memory. */
const MOST_TICKETS = 100

const WRITERS = { csv: toCsv, xlsx: toXlsx }

export const EXPORT_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export interface Prepared {
  fileName: string
  format: ExportFormat
  bytes: AsyncIterable<Uint8Array>
}

/** Tables of batches: asked for by a request, which is on record, and then fetched once. */
export class Exports {
  readonly #store: Store
  readonly #tickets = new Map<string, Prepared>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Where a page fetches the table. Errors of `begin`. */
  async prepare(id: string, format: ExportFormat, by: string): Promise<string> {
    const prepared = await this.begin(id, format, by)
    const ticket = randomUUID()
    this.#tickets.set(ticket, prepared)
    for (const oldest of this.#tickets.keys()) if (this.#tickets.size > MOST_TICKETS) this.#tickets.delete(oldest)
    return `exports/${ticket}/${prepared.fileName}`
  }

  /** Once; null for an unknown ticket. */
  take(ticket: string): Prepared | null {
    const prepared = this.#tickets.get(ticket) ?? null
    this.#tickets.delete(ticket)
    return prepared
  }

  /** @throws GyrusError `batch-unknown`, `export-too-long` */
  async begin(id: string, format: ExportFormat, by: string): Promise<Prepared> {
    const { counts } = await this.#store.getBatch(id)
    if (format === 'xlsx' && counts.total >= MOST_ROWS) throw new GyrusError('export-too-long', { rows: MOST_ROWS })
    await this.#store.changeBatch({ id, actor: by, act: 'exported' })
    return exportOf(this.#store, id, format)
  }
}

async function exportOf(store: ReadStore, id: string, format: ExportFormat): Promise<Prepared> {
  const batch = await store.getBatch(id)
  // Of letters and digits only, so that it is a name everywhere.
  const fileName = `batch-${batch.createdAt.slice(0, 10)}-${id.slice(-8)}.${format}`
  return { fileName, format, bytes: WRITERS[format](tableOf(store, batch)) }
}
