import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { GyrusEvent } from '../../shared/contract.ts'
import { GyrusError, toFailure } from '../../shared/errors.ts'
import { IMAGE_EXTENSIONS } from '../../shared/formats.ts'
import { REQUEST_NAMES } from '../../shared/request-names.ts'
import type { Backend } from './backend.ts'
import { callerOf } from './callers.ts'
import { CHOOSE_FILES, CHOOSE_FOLDER, EVENT, requestChannel, SAVE_REPORT } from './channels.ts'
import { checkPlaces, grant } from './granted.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'
import { saveReport } from './save.ts'
import { texts } from './spoken.ts'

type Answer = (input: unknown, event: IpcMainInvokeEvent) => Promise<unknown>

/** Binds every entry of the contract to a channel of its own; senders are checked here, arguments in the core. */
export function bindRequests(backend: Backend): void {
  for (const name of REQUEST_NAMES) {
    handle(requestChannel(name), async (input, { sender }) => {
      checkPlaces(name, input, sender)
      return backend.request(name, input, callerOf(sender))
    })
  }
  const extensions = [...IMAGE_EXTENSIONS.map((extension) => extension.slice(1)), 'zip']
  const filters = () => [{ name: texts().choose.images, extensions }]
  handle(
    CHOOSE_FILES,
    choose(() => ({ properties: ['openFile', 'multiSelections'], filters: filters() })),
  )
  handle(
    CHOOSE_FOLDER,
    choose(() => ({ properties: ['openDirectory'] })),
  )
  handle(SAVE_REPORT, (input, { sender }) => saveReport(input, sender))
  backend.events.subscribe((event) => {
    for (const window of BrowserWindow.getAllWindows()) void tell(backend, window.webContents, event)
  })
}

/** While nobody is signed in at a window, it is told only of that. */
async function tell(backend: Backend, contents: WebContents, event: GyrusEvent): Promise<void> {
  const told = event.type === 'session' || (await backend.sees(callerOf(contents)))
  if (told && !contents.isDestroyed()) contents.send(EVENT, event)
}

/** Answers our own page on a channel of the shell's. */
export function handle(channel: string, answer: Answer): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    try {
      if (!isTopFrameOf(event, PAGE_ORIGIN)) throw new GyrusError('unauthorised')
      return await answer(input, event)
    } catch (error) {
      return { failure: toFailure(error) }
    }
  })
}

/** Only the top frame of our own page may ask for anything. */
export function isTopFrameOf({ senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === origin
}

/** The dialog belongs to the window that asked: it stays in front of it. */
function choose(optionsNow: () => Electron.OpenDialogOptions): Answer {
  return async (_input, { sender }) => {
    const options = optionsNow()
    const window = BrowserWindow.fromWebContents(sender)
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    grant(sender, filePaths)
    return filePaths
  }
}
