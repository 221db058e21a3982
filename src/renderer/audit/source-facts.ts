import { sourceRuleSchema } from '../../shared/source-rule.ts'
import { ruleText } from '../../shared/source-rule-text.ts'
import { listenerSettingsSchema } from '../../shared/sources.ts'
import { sourceTexts } from '../sources/texts.ts'
import { type Detail, named, of } from './detail.ts'
import { after, change, type Facts, some } from './fact-words.ts'

/** What of the listener is another one now. */
function listener(d: Detail): (string | null)[] {
  const [before, now] = [listenerSettingsSchema.safeParse(d.before), listenerSettingsSchema.safeParse(d.settings)]
  if (!before.success || !now.success) return []
  const [was, is] = [sourceTexts.told(before.data), sourceTexts.told(now.data)]
  return is.map(([name, value], at) => {
    const old = was[at]?.[1] ?? ''
    return old === value ? null : `${name}: ${change(old, value)}`
  })
}

const folder: Facts = (d) => {
  const settings = of.object(d.settings)
  return [
    of.text(settings?.path),
    settings?.subFolders === true ? 'with sub-folders' : null,
    settings?.on === false ? 'off' : null,
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
}
