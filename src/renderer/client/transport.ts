import type { GyrusEvent, RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts'
import type { HandedPath, PageMenu, ShellCommand } from '../../shared/shell.ts'

/** A failure as a screen shows it. `unreachable` is the one code that the core cannot send itself. */
export interface UiFailure {
  code: string
  message: string
  action: string
}

export type Reply<T> = { ok: T } | { failure: UiFailure }

/** A report that is about to be printed. */
export interface Printing {
  /** Prints it (a PDF in base64), or shows it where the reader can. */
  print(fileName: string, pdf: string): Promise<Reply<boolean>>
  /** It could not be made. */
  giveUp(): void
}

/** What differs between the shells: how a request, an event and a file get to the core. */
export interface Transport {
  /** Throws only where the core cannot be reached at all. */
  call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Reply<RequestOutput<N>>>
  /** Tells each event; `onResync` when events may have been missed and all that is shown must be asked again. */
  subscribe(listener: { onEvent(event: GyrusEvent): void; onResync(): void; onLost(): void }): () => void
  /** Whether closing a page with something unsaved makes the shell ask; otherwise the page has to say why it stays open. */
  asksBeforeClosing: boolean
  /** What was just dropped on the window, once, where the shell may read it itself; null where files must be uploaded. */
  takeDropped(): Promise<HandedPath[]> | null
  /** Saves a report (a PDF in base64); `ok` is false where the reader chose no place for it. */
  saveReport(fileName: string, pdf: string): Promise<Reply<boolean>>
  /** To be called in the turn of the reader's click, before a report is made; null where the browser lets no tab be opened for it. */
  printing(): Printing | null
  /** Opens the shell's own dialog; null where the page has to use a file input. */
  choosePaths(kind: 'files' | 'folder'): Promise<string[]> | null
  /** Hears what is chosen in the window's menu, and that there is something to take. */
  onCommand(listener: (command: ShellCommand) => void): () => void
  /** Has the window's menu show what the page can do; null where nobody is signed in. */
  showMenu(menu: PageMenu | null): void
  /** What the system wants opened, each once; nothing where nobody is signed in. */
  takePaths(): Promise<HandedPath[]>
  /** Keeps a text over the end of the page's process, in the shell's memory. */
  keep(text: string): void
  /** What this window's page kept last; null where it kept nothing, or the shell cannot. */
  kept(): Promise<string | null>
}
