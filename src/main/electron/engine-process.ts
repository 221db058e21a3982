import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { StartEngine } from '../core/engine-supervisor/process.ts'

/** The engine as a utility process of Electron. */
export const startUtilityEngine: StartEngine = () => {
  const child = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [], { serviceName: 'Gyrus engine' })
  return {
    pid: child.pid,
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => child.kill(),
  }
}
