import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { environmentWithoutSecrets } from './core/department/settings.ts'
import type { EngineProcess, StartEngine } from './core/engine-supervisor/process.ts'
import type { PacsProcess, StartPacs } from './core/pacs/process.ts'
import type { ListenerProcess, StartListener } from './core/sources/process.ts'

/** Sources lie in folders; bundles beside this one. */
const entryOf = (name: string) =>
  import.meta.filename.endsWith('.ts')
    ? join(import.meta.dirname, name, 'main.ts')
    : join(import.meta.dirname, `${name}.js`)
const ENGINE = entryOf('engine')
const LISTENER = entryOf('listener')
const PACS = entryOf('pacs')

/** The engine as a child process of this Node. */
export const forkEngine: StartEngine = () => forkEngineFrom(ENGINE)

export const forkEngineFrom = (entry: string): EngineProcess => startFrom(entry)

/** What listens in the network, likewise. */
export const forkListener: StartListener = (): ListenerProcess => startFrom(LISTENER)

/** What asks a PACS, likewise. */
export const forkPacs: StartPacs = (): PacsProcess => startFrom(PACS)

const startFrom = (entry: string) =>
  asProcess(fork(entry, { serialization: 'advanced', env: environmentWithoutSecrets() }))

function asProcess(child: ChildProcess) {
  return {
    pid: child.pid,
    // What does not reach it needs no answer of its own: the process is ending, and its exit is told.
    send: (message: object) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener: (message: never) => void) => void child.on('message', listener as (message: unknown) => void),
    onExit: (listener: (reason: string) => void) => {
      // One that could not be started has no exit; any other error comes before one.
      child.on('error', (error) => child.pid === undefined && listener(error.message))
      child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
