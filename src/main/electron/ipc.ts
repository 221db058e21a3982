import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron'
import { contract } from '../../shared/contract.ts'
import { GyrusError } from '../../shared/errors.ts'
import { IMAGE_EXTENSIONS } from '../../shared/formats.ts'
import type { Caller } from '../core/handlers.ts'
import type { Core } from '../core/index.ts'
import { CHOOSE_FILES, CHOOSE_FOLDER, EVENT, requestChannel } from './channels.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'

/** Binds every entry of the contract to a channel of its own; senders are checked here, arguments in the core. */
export function bindRequests(core: Core, caller: Caller): void {
  for (const name of Object.keys(contract)) {
    handle(requestChannel(name), (input) => core.request(name, input, caller))
  }
  const filters = [{ name: 'Images', extensions: IMAGE_EXTENSIONS.map((extension) => extension.slice(1)) }]
  handle(CHOOSE_FILES, () => choose({ properties: ['openFile', 'multiSelections'], filters }))
  handle(CHOOSE_FOLDER, () => choose({ properties: ['openDirectory'] }))
  core.events.subscribe((event) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(EVENT, event)
  })
}

function handle(channel: string, answer: (input: unknown) => Promise<unknown>): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    if (!isOurPage(event)) return { failure: new GyrusError('unauthorised').toFailure() }
    return answer(input)
  })
}

/** Only the top frame of our own page may ask for anything. */
function isOurPage({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === PAGE_ORIGIN
}

async function choose(options: Electron.OpenDialogOptions): Promise<string[]> {
  const { filePaths } = await dialog.showOpenDialog(options)
  return filePaths
}
