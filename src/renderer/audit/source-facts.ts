import { pacsSettingsSchema } from '../../shared/pacs.ts'
import { sourceRuleSchema } from '../../shared/source-rule.ts'
import { ruleText } from '../../shared/source-rule-text.ts'
import { listenerSettingsSchema } from '../../shared/sources.ts'
import { pacsTexts } from '../pacs/texts.ts'
import { pacsSettingsTexts } from '../sources/pacs-texts.ts'
import { sourceTexts } from '../sources/texts.ts'
import { type Detail, named, of } from './detail.ts'
import { NAMES, PHRASES } from './fact-phrases.ts'
import { after, change, type Facts, failure, some } from './fact-words.ts'

/** What of the listener is another one now. */
function listener(d: Detail): (string | null)[] {
  const [before, now] = [listenerSettingsSchema.safeParse(d.before), listenerSettingsSchema.safeParse(d.settings)]
  if (!before.success || !now.success) return []
  const [was, is] = [sourceTexts.told(before.data), sourceTexts.told(now.data)]
  const key = d.key === 'changed' ? PHRASES['another private key'] : null
  const told = is.map(([name, value], at) => {
    const old = was[at]?.[1] ?? ''
    return old === value ? null : `${name}: ${change(old, value)}`
  })
  return [...told, key]
}

const fieldsOf = (fields: unknown): string | null =>
  of
    .texts(fields)
    .map((field) => named(pacsTexts.fields, field))
    .join(', ') || null

/** What of a connection is another one now, or all of a new one. */
const pacs: Facts = (d) => {
  const [before, now] = [pacsSettingsSchema.safeParse(d.before), pacsSettingsSchema.safeParse(d.settings)]
  if (!now.success) return []
  const was = before.success ? new Map(pacsSettingsTexts.told(before.data)) : null
  const told = pacsSettingsTexts.told(now.data).map(([name, value]) => {
    const old = was?.get(name)
    if (was === null) return `${name}: ${value}`
    return old === value ? null : `${name}: ${change(old ?? '', value)}`
  })
  return [was && now.data.name, ...told, d.secret === 'changed' ? PHRASES['another key or password'] : null]
}

const folder: Facts = (d) => {
  const settings = of.object(d.settings)
  return [
    of.text(settings?.path),
    settings?.subFolders === true ? PHRASES['with sub-folders'] : null,
    settings?.on === false ? PHRASES.off : null,
  ]
}

/** What the acts about sources of scans tell. */
export const SOURCE_FACTS: Record<string, Facts> = {
  'source.saved': (d) => (of.object(d.settings)?.path === undefined ? listener(d) : folder(d)),
  'source.rule-set': (d) => {
    const { data } = sourceRuleSchema.safeParse(d.rule)
    return [data ? ruleText(data, { pictures: true }) : null]
  },
  'source.removed': (d) => [of.text(d.path)],
  'source.refused': (d) => [
    named(sourceTexts.reasons, of.text(d.reason)),
    after('of', of.text(d.aeTitle)),
    after('at', of.text(d.address)),
    some(d, 'unlogged', 'others since the entry before'),
  ],
  'pacs.saved': pacs,
  'pacs.removed': (d) => [of.text(d.name)],
  'pacs.tested': (d) => [of.text(d.pacs), failure(d.code)],
  'pacs.searched': (d) => [
    after('in', of.text(d.pacs)),
    after('by', fieldsOf(d.fields)),
    some(d, 'found', 'found'),
    failure(d.code),
  ],
  'pacs.retrieve-began': (d) => [named(NAMES.scopes, of.text(d.scope)), after('from', of.text(d.pacs))],
  'pacs.retrieved': (d) => [
    after('from', of.text(d.pacs)),
    named(pacsTexts.states, of.text(d.state)),
    some(d, 'received', 'received'),
    some(d, 'known', 'on record before'),
    some(d, 'passed', 'passed over'),
    some(d, 'failed', 'failed'),
    failure(d.code),
  ],
}
