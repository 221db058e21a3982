import type { FromPacs, ToPacs } from '../../pacs/protocol.ts'

/** The process that asks a PACS one thing; each shell has its own way to start one. */
export interface PacsProcess {
  send(message: ToPacs): void
  onMessage(listener: (message: FromPacs) => void): void
  /** Called once, also when the process could not be started at all. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once. */
  kill(): void
}

export type StartPacs = () => PacsProcess
