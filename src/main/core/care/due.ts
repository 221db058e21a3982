import { setImmediate } from 'node:timers/promises'
import { caseRule, imageRule, type RetentionPlan, type RetentionRules } from '../../../shared/retention.ts'
import type { Dated, ReadStore } from '../../store/types.ts'

const PAGE = 500

/** What goes by one rule. */
export interface Share {
  /** As the trail names it. */
  rule: string
  what: 'case' | 'image'
  cases: Dated[]
}

export interface Due {
  shares: Share[]
  plan: RetentionPlan
}

/** What the rules would take away at an instant. Looks through the record in steps; nothing is changed. */
export async function findDue(store: ReadStore, rules: RetentionRules, now: Date): Promise<Due> {
  const cutoff = cutoffOf(rules, now)
  const before = cutoff.case > cutoff.image ? cutoff.case : cutoff.image
  const found: Record<Fate, Dated[]> = { case: [], image: [], held: [], unsigned: [], stays: [] }
  for (let after = ''; before !== ''; ) {
    const page = await store.datedCases({ before, after, limit: PAGE })
    const last = page.at(-1)
    if (!last) break
    for (const one of page) found[fateOf(one, rules, cutoff)].push(one)
    found.stays = []
    after = last.id
    // Others have their turn between two pages.
    await setImmediate()
  }
  const shares: Share[] = [
    { rule: caseRule(rules.casesYears ?? 0, true), what: 'case', cases: found.case.filter(({ signed }) => signed) },
    { rule: caseRule(rules.casesYears ?? 0, false), what: 'case', cases: found.case.filter(({ signed }) => !signed) },
    { rule: imageRule(rules.imagesMonths ?? 0), what: 'image', cases: found.image },
  ]
  const files = await filesOf(store, [...found.case, ...found.image])
  const left = { held: found.held.length, unsigned: found.unsigned.length }
  return { shares, plan: { cases: summary(found.case), images: summary(found.image), ...files, ...left } }
}

/** Until when something is old enough to go; '' where nothing goes. */
interface Cutoff {
  case: string
  image: string
}

const cutoffOf = ({ casesYears, imagesMonths }: RetentionRules, now: Date): Cutoff => ({
  case: casesYears === null ? '' : monthsBefore(now, 12 * casesYears),
  image: imagesMonths === null ? '' : monthsBefore(now, imagesMonths),
})

/** What the rules do with a case: `unsigned` is one that stays only because nobody ever signed it. */
type Fate = 'case' | 'image' | 'held' | 'unsigned' | 'stays'

function fateOf({ at, signed, held, sha256 }: Dated, { unsigned }: RetentionRules, cutoff: Cutoff): Fate {
  const old = at < cutoff.case
  if (old && !signed && !unsigned) return 'unsigned'
  const image = signed && sha256 !== null && at < cutoff.image
  if (!old && !image) return 'stays'
  if (held) return 'held'
  return old ? 'case' : 'image'
}

const summary = (dated: Dated[]) => ({ cases: dated.length, oldest: dated.map(({ at }) => at).sort()[0] ?? null })

/** Stored files that no case needs once these are gone. */
async function filesOf(store: ReadStore, going: Dated[]): Promise<{ files: number; bytes: number }> {
  const ids = new Set(going.map(({ id }) => id))
  const scans = new Set(going.flatMap(({ sha256 }) => sha256 ?? []))
  const sum = { files: 0, bytes: 0 }
  for (const sha256 of scans) {
    const { bytes, caseIds } = await store.needsOf(sha256)
    if (!caseIds.every((id) => ids.has(id))) continue
    sum.files += 1
    sum.bytes += bytes
  }
  return sum
}

/** The same day and time so many months earlier, UTC; the month's last day where it has no such day. */
export function monthsBefore(now: Date, months: number): string {
  const day = new Date(now)
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(now.getUTCDate(), last))
  return day.toISOString()
}
