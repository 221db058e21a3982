/**
 * `npm run audit`: asks npm for known weaknesses of what ships. 0: none of high severity, 1: some, 2: not run, with the reason, for
 * not every registry answers that question.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Lock, shippedPackages } from './shipped.ts'

const ROOT = dirname(import.meta.dirname)

export interface Audit {
  /** Why nothing is known, or null. */
  notRun: string | null
  /** Of high or critical severity, in packages that ship. */
  found: { name: string; severity: string; title: string }[]
}

interface Answer {
  message?: string
  error?: { summary?: string; code?: string }
  vulnerabilities?: Record<string, { name: string; severity: string; via: (string | { title: string })[] }>
}

export function auditPackages(): Audit {
  const { stdout, error } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64e6 })
  if (error) return { notRun: error.message, found: [] }
  return readAudit(stdout, JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock)
}

/** @param text what `npm audit --json` wrote */
export function readAudit(text: string, lock: Lock): Audit {
  const answer = readJson(text)
  if (!answer?.vulnerabilities) {
    const reason = answer?.message || answer?.error?.summary || 'npm gave no answer'
    // The address of a registry is nobody's business who reads this.
    return { notRun: reason.replace(/\s*-?\s*\S*https?:\/\/\S+/g, ''), found: [] }
  }
  const ships = new Set(shippedPackages(lock).map(({ name }) => name))
  const found = Object.values(answer.vulnerabilities)
    .filter(({ name, severity }) => ships.has(name) && ['high', 'critical'].includes(severity))
    .map(({ name, severity, via }) => ({
      ...{ name, severity },
      title: via.map((cause) => (typeof cause === 'string' ? `by way of ${cause}` : cause.title)).join('; '),
    }))
  return { notRun: null, found }
}

function readJson(text: string): Answer | null {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return null
  }
}

if (import.meta.main) {
  const { notRun, found } = auditPackages()
  if (notRun !== null) console.error(`not run: ${notRun}`)
  for (const { name, severity, title } of found) console.error(`${name}: ${severity}: ${title}`)
  process.exitCode = notRun !== null ? 2 : found.length > 0 ? 1 : 0
  if (process.exitCode === 0) console.log('no known weakness of high severity in what ships')
}
