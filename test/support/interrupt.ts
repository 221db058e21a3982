import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Ctrl+C for a child in a process group of its own, as a terminal sends it: to all of the group, once the child has
 * started its engine. It listens from shortly before that; earlier, Ctrl+C would just end it, however busy the machine.
 */
export async function interrupt({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) throw new Error('the child did not start')
  while (readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() === '') await sleep(20)
  process.kill(-pid, 'SIGINT')
}
