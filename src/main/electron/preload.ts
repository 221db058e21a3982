import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { REQUEST_NAMES } from '../../shared/request-names.ts'
import {
  CHOOSE_FILES,
  CHOOSE_FOLDER,
  COMMAND,
  EVENT,
  KEEP,
  KEPT,
  PRINT_REPORT,
  requestChannel,
  SAVE_REPORT,
  SHOW_MENU,
  TAKE_DROPPED,
  TAKE_PATHS,
} from './channels.ts'

/** The page sees one named function a request and never a channel's name. */
const requests = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(requestChannel(name), input)]),
)

/** What is sent on a channel, without Electron's event object. Returns what ends it. */
const heard = (channel: string) => (listener: (message: unknown) => void) => {
  const forward = (_: IpcRendererEvent, message: unknown) => listener(message)
  ipcRenderer.on(channel, forward)
  return () => ipcRenderer.off(channel, forward)
}

/** Of the last drop, until the page takes it. */
let dropped: string[] = []

// In a world of its own, before any script of the page: a drop that the page made up is none, and it sees no file's path.
addEventListener(
  'drop',
  ({ isTrusted, dataTransfer }) => {
    const files = isTrusted ? [...(dataTransfer?.files ?? [])] : []
    dropped = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
  },
  true,
)

/** Each drop once. */
async function takeDropped(): Promise<unknown> {
  const paths = dropped
  dropped = []
  return paths.length === 0 ? [] : ipcRenderer.invoke(TAKE_DROPPED, paths)
}

contextBridge.exposeInMainWorld('gyrus', {
  requests,
  chooseFiles: () => ipcRenderer.invoke(CHOOSE_FILES),
  chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER),
  saveReport: (fileName: string, pdf: string) => ipcRenderer.invoke(SAVE_REPORT, { fileName, pdf }),
  printReport: (fileName: string, pdf: string) => ipcRenderer.invoke(PRINT_REPORT, { fileName, pdf }),
  takeDropped,
  takePaths: () => ipcRenderer.invoke(TAKE_PATHS),
  keep: (text: string) => ipcRenderer.invoke(KEEP, text),
  kept: () => ipcRenderer.invoke(KEPT),
  showMenu: (menu: unknown) => ipcRenderer.invoke(SHOW_MENU, menu),
  onEvent: heard(EVENT),
  onCommand: heard(COMMAND),
})
