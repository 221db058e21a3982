import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import envPaths from 'env-paths'

const MEGABYTE = 2 ** 20
/** As large a file becomes, and so many are kept, the newest included. */
const LIMITS = { bytes: MEGABYTE, files: 5 }

/** What can be told: no texts of errors, for these name files, and files are called by patients. */
export const LOGGED = [
  'started',
  'refused',
  'stopped',
  'engine',
  'batch',
  'internal-error',
  'queue-error',
  'page-gone',
  'handed-on',
] as const
export type Logged = (typeof LOGGED)[number]

/** Numbers, and words of the program itself: codes, states, versions, places in its source. */
export type Facts = Record<string, string | number | boolean | null | undefined>
export type Note = (what: Logged, facts?: Facts) => void

/** No blank, no quote, nothing beyond what codes and places in the source are made of. */
const WORD = /^[\w.:@/+-]{1,400}$/
/** What begins a path of this machine, or is one's drive. */
const PATH = /^\/|:\/|\.\./

/** The place for logs of programs on this platform; GYRUS_LOGS names another one. */
export const logFolder = (): string => process.env.GYRUS_LOGS ?? envPaths('Gyrus', { suffix: '' }).log

/**
 * Writes what happens to Gyrus itself, one JSON object a line, into `gyrus.log`; older ones are `gyrus.1.log` and so on.
 * A log that cannot be written keeps nothing from working.
 */
export function openLog(folder = logFolder(), { bytes, files } = LIMITS): Note {
  const nth = (n: number) => join(folder, n === 0 ? 'gyrus.log' : `gyrus.${n}.log`)
  const turn = (length: number) => {
    const size = statSync(nth(0), { throwIfNoEntry: false })?.size ?? 0
    if (size === 0 || size + length <= bytes) return
    rmSync(nth(files - 1), { force: true })
    for (let n = files - 2; n >= 0; n--) if (statSync(nth(n), { throwIfNoEntry: false })) renameSync(nth(n), nth(n + 1))
  }
  return (what, facts = {}) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), pid: process.pid, what, ...plain(facts) })}\n`
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      turn(line.length)
      appendFileSync(nth(0), line, { mode: 0o600 })
    } catch {
      // A full disk, or a folder that is not ours: what matters is on record (audit).
    }
  }
}

/** Whatever is more than a word is left out, whoever put it there. */
function plain(facts: Facts): Facts {
  const safe = (value: Facts[string]) => typeof value !== 'string' || (WORD.test(value) && !PATH.test(value))
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, safe(value) ? value : '…']))
}

/** Where an error came from, in files and lines of the program, without its text. */
export function placesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  const places = frames.flatMap((line) => /([\w.-]+\.[cm]?[jt]s):(\d+):\d+\)?$/.exec(line)?.slice(1, 3).join(':') ?? [])
  return places.slice(0, 8).join('+') || 'unknown'
}
