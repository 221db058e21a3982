import type { ExportFormat } from '../../../../shared/batches.ts'
import { GyrusError } from '../../../../shared/errors.ts'
import type { Blind, ReadStore, Store } from '../../../store/types.ts'
import type { Download } from '../../downloads.ts'
import { toCsv } from './csv.ts'
import { tableOf } from './table.ts'
import { MOST_ROWS, toXlsx } from './xlsx.ts'

const WRITERS = { csv: toCsv, xlsx: toXlsx }

const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Who asks, and whether answers are kept from them. */
interface Asks {
  by: string
  blind: Blind
}

/** A table of a batch, and on record that it was made. @throws GyrusError `batch-unknown`, `export-too-long` */
export async function exportBatch(
  store: Store,
  id: string,
  format: ExportFormat,
  { by, blind }: Asks,
): Promise<Download> {
  const { counts } = await store.getBatch(id)
  if (format === 'xlsx' && counts.total >= MOST_ROWS) throw new GyrusError('export-too-long', { rows: MOST_ROWS })
  await store.changeBatch({ id, actor: by, act: 'exported' })
  return tableDownload(store, id, format, blind)
}

async function tableDownload(store: ReadStore, id: string, format: ExportFormat, blind: Blind): Promise<Download> {
  const batch = await store.getBatch(id)
  // Of letters and digits only, so that it is a name everywhere.
  const fileName = `batch-${batch.createdAt.slice(0, 10)}-${id.slice(-8)}.${format}`
  return { fileName, mediaType: MEDIA_TYPES[format], content: WRITERS[format](tableOf(store, batch, blind)) }
}
