import { join } from 'node:path'
import type { Bench } from './contract.ts'

export const FOLDER = join(import.meta.dirname, '..')

/** Every bench by its name, which is that of its file, in the order of a run and of the page. A new one is a file and a name here. */
export const NAMES = [
  'reading',
  'warm',
  'memory',
  'tiny-files',
  'batch-page',
  'department',
  'cases-100k',
  'cases-1m',
  'department-100k',
  'department-sizes',
  'verify',
  'encryption',
  'dicom',
  'stack',
  'aids',
  'similar',
  'what-if',
  'training',
  'training-head',
  'while-training',
  'start',
  'start-electron',
  'bundle',
] as const

/** @throws where no bench is called so */
export async function benchOf(name: string): Promise<Bench> {
  if (!(NAMES as readonly string[]).includes(name)) throw new Error(`there is no bench “${name}”: ${NAMES.join(', ')}`)
  const module = (await import(join(FOLDER, `${name}.ts`))) as { bench: Bench }
  return module.bench
}

export const allBenches = (): Promise<Bench[]> => Promise.all(NAMES.map(benchOf))
