import { readdir, readFile } from 'node:fs/promises'
import { cpus, freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Machine } from '../../shared/machine.ts'

const SENSORS = '/sys/class/thermal'
const NVIDIA = '/proc/driver/nvidia/gpus'
/** Over less than this, busy times say nothing. */
const LEAST_MS = 250

/** What this machine has, and how busy it was between two looks at it. */
export class MachineState {
  #last = { at: performance.now(), ...times() }
  #busy: number | null = null

  async now(): Promise<Machine> {
    const found = cpus()
    return {
      cpu: { name: found[0]?.model.trim() ?? '', cores: found.length, busy: this.#look() },
      memory: { total: totalmem(), free: freemem() },
      celsius: await hottest(SENSORS),
      gpu: await firstGpu(NVIDIA),
    }
  }

  #look(): number | null {
    const at = performance.now()
    if (at - this.#last.at < LEAST_MS) return this.#busy
    const now = times()
    const all = now.all - this.#last.all
    if (all > 0) this.#busy = Math.min(1, Math.max(0, 1 - (now.idle - this.#last.idle) / all))
    this.#last = { at, ...now }
    return this.#busy
  }
}

function times(): { idle: number; all: number } {
  const each = cpus().map(({ times }) => times)
  const sum = (of: (times: (typeof each)[number]) => number) => each.reduce((total, one) => total + of(one), 0)
  return { idle: sum(({ idle }) => idle), all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq) }
}

/** °C of the hottest sensor below a folder like Linux's; null where there is none, or none that answers. */
export async function hottest(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch(() => [])
  const zones = names.filter((name) => name.startsWith('thermal_zone'))
  const read = await Promise.all(zones.map((zone) => readFile(join(folder, zone, 'temp'), 'utf8').catch(() => '')))
  // Thousandths of a degree; sensors that are off say 0 or less.
  const degrees = read.map((text) => Number.parseInt(text, 10) / 1000).filter((one) => one > 0 && one < 150)
  return degrees.length === 0 ? null : Math.max(...degrees)
}

/** The name of the first GPU that NVIDIA's driver knows. */
async function firstGpu(folder: string): Promise<string | null> {
  const [first] = await readdir(folder).catch(() => [])
  if (first === undefined) return null
  const text = await readFile(join(folder, first, 'information'), 'utf8').catch(() => '')
  return /^Model:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? null
}
