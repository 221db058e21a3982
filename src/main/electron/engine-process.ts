import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { environmentWithoutSecrets } from '../core/department/settings.ts'
import type { StartEngine } from '../core/engine-supervisor/process.ts'
import type { StartPacs } from '../core/pacs/process.ts'
import type { StartListener } from '../core/sources/process.ts'

/** The engine as a utility process of Electron. */
export const startUtilityEngine: StartEngine = () => start('engine.js', 'Gyrus engine')

/** What listens in the network, likewise. */
export const startUtilityListener: StartListener = () => start('listener.js', 'Gyrus DICOM listener')

/** What asks a PACS, likewise. */
export const startUtilityPacs: StartPacs = () => start('pacs.js', 'Gyrus PACS client')

function start(bundle: string, serviceName: string) {
  const child = utilityProcess.fork(join(import.meta.dirname, bundle), [], {
    serviceName,
    env: environmentWithoutSecrets(),
  })
  return {
    pid: child.pid,
    send: (message: unknown) => child.postMessage(message),
    onMessage: (listener: (message: never) => void) => void child.on('message', listener as (message: unknown) => void),
    onExit: (listener: (reason: string) => void) => void child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => void child.kill(),
  }
}
