import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** A screen without a screen. Returns its name for DISPLAY and what ends it. */
export async function openDisplay(xvfb: string): Promise<{ name: string; close(): Promise<void> }> {
  // It chooses a free number itself and writes it once it listens.
  const args = ['-displayfd', '3', '-screen', '0', '1680x1050x24', '-nolisten', 'tcp']
  const child = spawn(xvfb, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const errors = text(child.stderr as Readable)
  const number = child.stdio[3] as Readable
  const [first] = await Promise.race([once(number, 'data'), ended.then(() => [''])])
  if (!String(first)) throw new Error(`Xvfb does not start: ${await errors}`)
  return {
    name: `:${String(first).trim()}`,
    close: async () => {
      child.kill()
      await ended
    },
  }
}
