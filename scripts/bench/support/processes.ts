import { readdirSync, readFileSync } from 'node:fs'

/** Memory of a process as Linux tells it, MB; null elsewhere, and where it has ended. */
export interface Memory {
  now: number
  most: number
}

export function memoryOf(pid: number | undefined): Memory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024
    const memory = { now: read('VmRSS'), most: read('VmHWM') }
    // One that has just ended still has a name, and no memory.
    return Number.isNaN(memory.now) ? null : memory
  } catch {
    return null
  }
}

/** Open files, sockets and pipes of a process; null where Linux does not tell. */
export function openFiles(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return null
  }
}

/** Children of a process, their children and so on, by Linux; none elsewhere. */
export function descendantsOf(pid: number): { pid: number; command: string }[] {
  const children = new Map<number, { pid: number; command: string }[]>()
  if (process.platform !== 'linux') return []
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      // Its name may have spaces and brackets in it.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0').join(' ').trim()
      children.set(parent, [...(children.get(parent) ?? []), { pid: Number(entry), command }])
    } catch {
      // It ended while it was looked at.
    }
  }
  const found: { pid: number; command: string }[] = []
  const from = [pid]
  for (let at = from.pop(); at !== undefined; at = from.pop()) {
    const own = children.get(at) ?? []
    found.push(...own)
    from.push(...own.map((one) => one.pid))
  }
  return found
}
