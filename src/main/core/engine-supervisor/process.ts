import type { FromEngine, ToEngine } from '../../engine/protocol.ts'

/** An engine process as the supervisor sees it; each shell has its own way to start one. */
export interface EngineProcess {
  readonly pid: number | undefined
  send(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Called once, also when the process could not be started at all. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once. */
  kill(): void
}

export type StartEngine = () => EngineProcess
