import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { GyrusError } from '../../../../shared/errors.ts'
import type { RenderOptions } from '../case/render.ts'
import { Sheet } from '../sheet.ts'
import type { BatchReport } from './data.ts'
import { drawSummary } from './summary.ts'
import { drawTable, pagesOfTable, tablesIn } from './tables.ts'

export interface Written {
  pages: number
  bytes: number
  sha256: string
}

/**
 * Writes a batch's summary as a PDF: a page of totals, then the cases that need eyes first, then what failed and what
 * was passed over. Rows are
 * drawn as they come and pages are written when they are full.
 *
 * @throws GyrusError `output-unwritable`
 */
export async function writeBatchReport(batch: BatchReport, path: string, options: RenderOptions): Promise<Written> {
  const sheet = new Sheet({ ...options, title: options.words.texts.batch.documentTitle(batch.name) })
  const hash = createHash('sha256')
  let bytes = 0
  sheet.doc.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    bytes += chunk.length
  })
  const file = createWriteStream(path, { mode: 0o600 })
  const written = pipeline(sheet.doc, file).catch((error: NodeJS.ErrnoException) => {
    throw new GyrusError('output-unwritable', { path, reason: error.code ?? String(error) }, { cause: error })
  })
  // Told where it is waited for; a row that cannot be read must not leave it unheard.
  written.catch(() => undefined)
  try {
    await drawBatch(sheet, batch, options, () => drained(file, written))
    sheet.doc.end()
    await written
  } catch (error) {
    sheet.doc.destroy()
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
  return { pages: sheet.pages, bytes, sha256: hash.digest('hex') }
}

/** Lets what was drawn flow into the file; throws where that cannot be written. */
async function drained(file: WriteStream, written: Promise<void>): Promise<void> {
  await setImmediate()
  if (file.destroyed) await written
  if (file.writableNeedDrain) await Promise.race([once(file, 'drain'), written])
}

async function drawBatch(sheet: Sheet, batch: BatchReport, options: RenderOptions, wait: () => Promise<void>) {
  const { eyes, failed, passedOver } = tablesIn(options.words)
  const first = await pagesOfTable(sheet, eyes, batch.eyesFirst)
  const second = await pagesOfTable(sheet, failed, batch.failed)
  const pages = 1 + first + second + (await pagesOfTable(sheet, passedOver, batch.passedOver))
  const frame = { title: options.words.texts.batch.title(batch.name), pages, wait }
  drawSummary(sheet, batch, { ...options, ...frame })
  await drawTable(sheet, eyes, batch.eyesFirst, frame)
  await drawTable(sheet, failed, batch.failed, frame)
  await drawTable(sheet, passedOver, batch.passedOver, frame)
}
