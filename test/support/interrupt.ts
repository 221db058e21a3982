import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Ctrl+C for a child in a process group of its own, as a terminal sends it: to all of the group, once the child has
 * started its engine. It listens from shortly before that; earlier, Ctrl+C would just end it, however busy the machine.
 */
async function interrupt({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) throw new Error('the child did not start')
  while (readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() === '') await sleep(20)
  process.kill(-pid, 'SIGINT')
}

/** Runs a Node script that works long, presses Ctrl+C, and tells what it said to that and with which code it ended. */
export async function runAndInterrupt(script: string, ...args: string[]): Promise<{ said: string; code: unknown }> {
  const child = spawn(process.execPath, [script, ...args], { detached: true })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await interrupt(child)
  return { code: await ended, said }
}
