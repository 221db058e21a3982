import { BrowserWindow, dialog, type WebContents } from 'electron'
import { GyrusError, toFailure } from '../../shared/errors.ts'
import { writeReport } from '../core/reports/write.ts'

const FILTERS = [{ name: 'PDF', extensions: ['pdf'] }]

/**
 * Asks where a finished report is to lie and writes it there; the page names no place. `ok` is false where the reader
 * chose none.
 */
export async function saveReport(input: unknown, sender: WebContents) {
  try {
    const { fileName, pdf } = checkedReport(input)
    const window = BrowserWindow.fromWebContents(sender)
    const options = { defaultPath: fileName, filters: FILTERS }
    const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
    if (!filePath) return { ok: false }
    await writeReport(filePath, Buffer.from(pdf, 'base64'))
    return { ok: true }
  } catch (error) {
    return { failure: toFailure(error) }
  }
}

/**
 * A finished report of the page: a plain file name, so that a dialog opens where the reader was last, and a PDF in base64.
 *
 * @throws GyrusError `request-invalid`
 */
export function checkedReport(input: unknown): { fileName: string; pdf: string } {
  const { fileName, pdf } = (input ?? {}) as { fileName?: unknown; pdf?: unknown }
  if (typeof fileName === 'string' && /^[\w-]{1,100}\.pdf$/.test(fileName) && typeof pdf === 'string') {
    return { fileName, pdf }
  }
  throw new GyrusError('request-invalid', { reason: 'there is no report' })
}
