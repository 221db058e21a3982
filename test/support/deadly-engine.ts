import { readFileSync } from 'node:fs'
import type { ToEngine } from '../../src/main/engine/protocol.ts'

/** Bytes that bring this engine down when they stand anywhere in a file. */
export const DEADLY = 'this file kills the engine'

/** The real engine, but mortal: no file is known that crashes the real one, and a crash must be survived. */
process.on('message', (message: ToEngine) => {
  if (!('name' in message) || message.name !== 'classify') return
  if (readFileSync(message.input.path).includes(DEADLY)) process.kill(process.pid, 'SIGKILL')
})
await import('../../src/main/engine/main.ts')
