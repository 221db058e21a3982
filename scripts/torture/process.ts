import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

export type Victim = 'gyrus' | 'engine'

/** What Gyrus said of a file before it was killed. */
export interface Acknowledged {
  file: string
  /** All of them, or that of the label alone. */
  confidences: Record<string, number>
}

/** Runs a command and sends SIGKILL to it, or to its engine, after so many ms. Returns what it had said of files by then. */
export async function runAndKill(args: string[], victim: Victim, afterMs: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const said: Acknowledged[] = []
  const lines = createInterface({ input: child.stdout }).on('line', (line) => {
    const told = JSON.parse(line) as { status?: string } & Acknowledged
    if (told.status === 'analysed') said.push({ file: told.file, confidences: told.confidences })
  })
  const engines = setTimeout(afterMs).then(() => {
    const found = enginesOf(child.pid ?? 0)
    if (victim === 'engine') for (const pid of found) kill(pid)
    else child.kill('SIGKILL')
    return found
  })
  await ended
  lines.close()
  // An engine ends with what started it; until then it may hold files of the data folder.
  for (const pid of await engines) while (isRunning(pid)) await setTimeout(20)
  return said
}

/** Children of a process that are still running (Linux). */
export function enginesOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    return Number.isInteger(pid) && parentOf(pid) === parent ? [pid] : []
  })
}

function parentOf(pid: number): number | null {
  try {
    // The name in brackets may hold anything; state and parent follow it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? null : Number(parent)
  } catch {
    // It has ended meanwhile.
    return null
  }
}

export const isRunning = (pid: number): boolean => parentOf(pid) !== null

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}
