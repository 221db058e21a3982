import { BrowserWindow, type WebContents } from 'electron'
import { GyrusError, toFailure } from '../../shared/errors.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { PRINT_REPORT } from './channels.ts'
import { handle } from './ipc.ts'
import { checkedReport } from './save.ts'

/** The viewer is made of frames that load one after another, and has drawn nothing yet when the last of them says that it has loaded. */
const SETTLED_MS = 1_000

/** The longest address that Chromium loads. */
const LONGEST = 2 * 2 ** 20

/** Windows that show one, with the page that asked for it. */
const windows = new Map<BrowserWindow, WebContents>()

/**
 * Prints reports: each is shown in Chromium's viewer, in a window of its own that can do nothing else, and the system's
 * print dialog opens over it. The window goes when it was printed, and with the session of who asked.
 */
export function bindPrinting(backend: Backend): void {
  handle(PRINT_REPORT, async (input, { sender }) => {
    try {
      show(addressOf(checkedReport(input).pdf), sender)
      return { ok: true }
    } catch (error) {
      return { failure: toFailure(error) }
    }
  })
  backend.events.subscribe(({ type }) => {
    if (type === 'session') void closeUnseen(backend)
  })
}

/** The report itself: Chromium's viewer reads neither a protocol of ours nor, as it should lie nowhere, a file. */
function addressOf(pdf: string): string {
  const address = `data:application/pdf;base64,${Buffer.from(pdf, 'base64').toString('base64')}`
  if (address.length < LONGEST) return address
  throw new GyrusError('request-invalid', { reason: 'the report is too large to be printed from here; save it as PDF' })
}

function show(address: string, sender: WebContents): void {
  const parent = BrowserWindow.fromWebContents(sender)
  const window = new BrowserWindow({
    ...(parent && { parent }),
    width: 900,
    height: 1000,
    title: 'Gyrus',
    autoHideMenuBar: true,
    // Chromium's viewer of PDFs counts as a plugin; there is no other.
    webPreferences: { plugins: true, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
  })
  windows.set(window, sender)
  window.once('closed', () => windows.delete(window))
  printWhenShown(window)
  void window.loadURL(address)
}

function printWhenShown(window: BrowserWindow): void {
  let settling: NodeJS.Timeout | undefined
  const onLoad = () => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      window.webContents.off('did-frame-finish-load', onLoad)
      print(window)
    }, SETTLED_MS)
  }
  window.webContents.on('did-frame-finish-load', onLoad)
  window.once('closed', () => clearTimeout(settling))
}

/** Who cancels, or has no printer, keeps the window: its viewer prints, too. */
function print(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  window.webContents.print({}, (printed) => {
    if (printed && !window.isDestroyed()) window.close()
  })
}

/** A report is of a patient: it goes with the session in which it was asked for. */
async function closeUnseen(backend: Backend): Promise<void> {
  for (const [window, asker] of windows) {
    const seen = !asker.isDestroyed() && (await backend.sees(callerOf(asker)))
    if (!seen && !window.isDestroyed()) window.destroy()
  }
}
