import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Batch, ExportFormat } from '../../../../shared/batches.ts'
import { GyrusError } from '../../../../shared/errors.ts'
import type { Language } from '../../../../shared/language.ts'
import type { Blind, ReadStore, Store } from '../../../store/types.ts'
import type { DataFolder } from '../../data-folder.ts'
import type { Download } from '../../downloads.ts'
import type { Models } from '../../models/index.ts'
import type { Reports } from '../../reports/index.ts'
import { summaryOf } from '../summary.ts'
import { toCsv } from './csv.ts'
import { tableOf } from './table.ts'
import { MOST_ROWS, toXlsx } from './xlsx.ts'

type TableFormat = Exclude<ExportFormat, 'pdf'>

const WRITERS = { csv: toCsv, xlsx: toXlsx }

const MEDIA_TYPES: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

interface Parts {
  store: Store
  folder: DataFolder
  reports: Reports
  models: Models
}

/** Who asks, whether answers are kept from them, and the language of a summary; null is theirs, else the department's. */
interface Asks {
  by: string
  blind: Blind
  language: Language | null
}

/** A table of a batch or its summary, and on record that it was made. @throws GyrusError `batch-unknown`, `export-too-long` */
export async function exportBatch(parts: Parts, id: string, format: ExportFormat, asks: Asks): Promise<Download> {
  const { store } = parts
  const { counts } = await store.getBatch(id)
  if (format === 'xlsx' && counts.total >= MOST_ROWS) throw new GyrusError('export-too-long', { rows: MOST_ROWS })
  await store.changeBatch({ id, actor: asks.by, act: 'exported' })
  return format === 'pdf' ? summaryDownload(parts, id, asks) : tableDownload(store, id, format, asks.blind)
}

async function summaryDownload({ store, folder, reports, models }: Parts, id: string, asks: Asks): Promise<Download> {
  const cards = (await models.list()).flatMap(({ card }) => card ?? [])
  const { paper = 'a4' } = await store.preferencesOf(asks.by)
  // What is left there by a kill is removed at the next start.
  const path = join(folder.incoming, `${randomUUID()}.pdf`)
  await reports.ofBatch(await summaryOf(store, id, cards, asks), path, {
    paper,
    actor: asks.by,
    language: asks.language,
  })
  return {
    fileName: fileNameOf(await store.getBatch(id), 'pdf'),
    mediaType: 'application/pdf',
    // It may name files: from an encrypted record it waits in memory, and not on the disk.
    content:
      folder.keys === null ? readOnce(path) : held(await readFile(path).finally(() => rm(path, { force: true }))),
  }
}

async function* held(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}

async function* readOnce(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path)
  } finally {
    await rm(path, { force: true })
  }
}

async function tableDownload(store: ReadStore, id: string, format: TableFormat, blind: Blind): Promise<Download> {
  const batch = await store.getBatch(id)
  return {
    fileName: fileNameOf(batch, format),
    mediaType: MEDIA_TYPES[format],
    content: WRITERS[format](tableOf(store, batch, blind)),
  }
}

/** Of letters and digits only, so that it is a name everywhere. */
const fileNameOf = ({ id, createdAt }: Batch, format: ExportFormat): string =>
  `batch-${createdAt.slice(0, 10)}-${id.slice(-8)}.${format}`
