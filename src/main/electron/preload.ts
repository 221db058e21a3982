import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { REQUEST_NAMES } from '../../shared/request-names.ts'
import {
  CHOOSE_FILES,
  CHOOSE_FOLDER,
  COMMAND,
  EVENT,
  KEEP,
  KEPT,
  requestChannel,
  SAVE_REPORT,
  SHOW_MENU,
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

contextBridge.exposeInMainWorld('gyrus', {
  requests,
  chooseFiles: () => ipcRenderer.invoke(CHOOSE_FILES),
  chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER),
  saveReport: (fileName: string, pdf: string) => ipcRenderer.invoke(SAVE_REPORT, { fileName, pdf }),
  pathsOf: (files: File[]) => files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
  takePaths: () => ipcRenderer.invoke(TAKE_PATHS),
  keep: (text: string) => ipcRenderer.invoke(KEEP, text),
  kept: () => ipcRenderer.invoke(KEPT),
  showMenu: (menu: unknown) => ipcRenderer.invoke(SHOW_MENU, menu),
  onEvent: heard(EVENT),
  onCommand: heard(COMMAND),
})
