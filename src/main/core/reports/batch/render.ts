import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { GyrusError } from '../../../../shared/errors.ts'
import type { RenderOptions } from '../case/render.ts'
import { Sheet } from '../sheet.ts'
import type { BatchReport } from './data.ts'
import { drawSummary } from './summary.ts'
import { drawTable, EYES, FAILED, pagesOfTable } from './tables.ts'

export interface Written {
  pages: number
  bytes: number
  sha256: string
}

/**
 * Writes a batch's summary as a PDF: a page of totals, then the cases that need eyes first, then what failed. Rows are
 * drawn as they come and pages are written when they are full.
 *
 * @throws GyrusError `output-unwritable`
 */
export async function writeBatchReport(batch: BatchReport, path: string, options: RenderOptions): Promise<Written> {
  const sheet = new Sheet({ ...options, title: `Gyrus: summary of the batch ${batch.name}` })
  const hash = createHash('sha256')
  let bytes = 0
  sheet.doc.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    bytes += chunk.length
  })
  const file = createWriteStream(path, { mode: 0o600 })
  const written = pipeline(sheet.doc, file)
  // Told below; a row that cannot be read must not leave it unheard.
  written.catch(() => undefined)
  try {
    await drawBatch(sheet, batch, options, () => drained(file))
    sheet.doc.end()
  } catch (error) {
    sheet.doc.destroy()
    throw error
  }
  await written.catch((error: NodeJS.ErrnoException) => {
    throw new GyrusError('output-unwritable', { path, reason: error.code ?? String(error) }, { cause: error })
  })
  return { pages: sheet.pages, bytes, sha256: hash.digest('hex') }
}

/** Waits until what was drawn is written, or cannot be. */
async function drained(
  file: NodeJS.WritableStream & { writableNeedDrain: boolean; destroyed: boolean },
): Promise<void> {
  while (file.writableNeedDrain && !file.destroyed) await new Promise((resolve) => setImmediate(resolve))
}

async function drawBatch(sheet: Sheet, batch: BatchReport, options: RenderOptions, wait: () => Promise<void>) {
  const pages = 1 + pagesOfTable(sheet, EYES, batch.eyesFirst) + pagesOfTable(sheet, FAILED, batch.failed)
  const frame = { title: `Batch “${batch.name}”`, pages, wait }
  drawSummary(sheet, batch, { ...options, ...frame })
  await drawTable(sheet, EYES, batch.eyesFirst, frame)
  await drawTable(sheet, FAILED, batch.failed, frame)
}
