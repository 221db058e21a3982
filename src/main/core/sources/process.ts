import type { FromListener, ToListener } from '../../listener/protocol.ts'

/** The listener process as its supervisor sees it; each shell has its own way to start one. */
export interface ListenerProcess {
  send(message: ToListener): void
  onMessage(listener: (message: FromListener) => void): void
  /** Called once, also when the process could not be started at all. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once. */
  kill(): void
}

export type StartListener = () => ListenerProcess
