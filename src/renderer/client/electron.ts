import type { GyrusEvent, RequestInput, RequestName } from '../../shared/contract.ts'
import type { HandedPath, PageMenu, ShellCommand } from '../../shared/shell.ts'
import type { Reply, Transport } from './transport.ts'

/** What the preload script puts on `window`. */
export interface Bridge {
  requests: { [N in RequestName]: (input: RequestInput<N>) => Promise<Reply<never>> }
  onEvent(listener: (event: GyrusEvent) => void): () => void
  takeDropped(): Promise<HandedPath[]>
  saveReport(fileName: string, pdf: string): Promise<Reply<boolean>>
  printReport(fileName: string, pdf: string): Promise<Reply<boolean>>
  chooseFiles(): Promise<string[]>
  chooseFolder(): Promise<string[]>
  onCommand(listener: (command: ShellCommand) => void): () => void
  showMenu(menu: PageMenu | null): Promise<void>
  takePaths(): Promise<HandedPath[]>
  keep(text: string): Promise<void>
  kept(): Promise<string | null>
}

declare global {
  interface Window {
    gyrus?: Bridge
  }
}

/** The core in Electron's main process, over the preload bridge. */
export function electron(bridge: Bridge): Transport {
  return {
    call: (name, input) => bridge.requests[name](input),
    subscribe: ({ onEvent }) => bridge.onEvent(onEvent),
    asksBeforeClosing: false,
    saveReport: (fileName, pdf) => bridge.saveReport(fileName, pdf),
    printing: () => ({ print: (fileName, pdf) => bridge.printReport(fileName, pdf), giveUp: () => undefined }),
    takeDropped: () => bridge.takeDropped(),
    choosePaths: (kind) => (kind === 'files' ? bridge.chooseFiles() : bridge.chooseFolder()),
    onCommand: (listener) => bridge.onCommand(listener),
    showMenu: (menu) => void bridge.showMenu(menu),
    takePaths: () => bridge.takePaths(),
    keep: (text) => void bridge.keep(text),
    kept: () => bridge.kept(),
  }
}
