import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  command: string
}

/** A process and all that it and its children started, as far as they run now. */
export function familyOf(pid: number): Process[] {
  const all = runningProcesses()
  const family = all.filter((process) => process.pid === pid)
  // The list grows while it is walked.
  for (const { pid } of family) family.push(...all.filter(({ parent }) => parent === pid))
  return family
}

/** Those that still run; one that has ended and was not yet collected does not. */
export function stillRunning(family: Process[]): Process[] {
  const running = new Map(runningProcesses().map(({ pid, command }) => [pid, command]))
  return family.filter(({ pid, command }) => running.get(pid) === command)
}

function runningProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])
}

function readProcess(pid: number): Process | null {
  try {
    // `pid (name) state parent …`; the name may hold spaces and brackets.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return state === 'Z' ? null : { pid, parent: Number(parent), command }
  } catch {
    // It ended meanwhile.
    return null
  }
}
