import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import { REQUEST_NAMES } from '../../shared/request-names.ts'
import { CHOOSE_FILES, CHOOSE_FOLDER, EVENT, requestChannel, SAVE_REPORT } from './channels.ts'

/** The page sees one named function a request and never a channel's name. */
const requests = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(requestChannel(name), input)]),
)

contextBridge.exposeInMainWorld('gyrus', {
  requests,
  chooseFiles: () => ipcRenderer.invoke(CHOOSE_FILES),
  chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER),
  saveReport: (fileName: string, pdf: string) => ipcRenderer.invoke(SAVE_REPORT, { fileName, pdf }),
  pathsOf: (files: File[]) => files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
  onEvent: (listener: (event: unknown) => void) => {
    const forward = (_: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on(EVENT, forward)
    return () => ipcRenderer.off(EVENT, forward)
  },
})
