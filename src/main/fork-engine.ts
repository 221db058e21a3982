import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { EngineProcess, StartEngine } from './core/engine-supervisor/process.ts'

const ENGINE = join(import.meta.dirname, 'engine', 'main.ts')

/** The engine as a child process of this Node. */
export const forkEngine: StartEngine = () => forkEngineFrom(ENGINE)

export const forkEngineFrom = (entry: string): EngineProcess =>
  asEngineProcess(fork(entry, { serialization: 'advanced' }))

function asEngineProcess(child: ChildProcess): EngineProcess {
  return {
    pid: child.pid,
    // What does not reach it needs no answer of its own: the process is ending, and its exit is told.
    send: (message) => child.connected && child.send(message, () => undefined),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      // One that could not be started has no exit; any other error comes before one.
      child.on('error', (error) => child.pid === undefined && listener(error.message))
      child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
