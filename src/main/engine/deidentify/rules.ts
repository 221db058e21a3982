import type { Dictionary } from './dictionary.ts'
import type { Element } from './element.ts'
import { BASIC_PROFILE } from './table.ts'

/** What the profile asks for, or what is done where it is silent: `keep`, and `drop` without a word. */
export type Action = keyof typeof BASIC_PROFILE | 'keep' | 'drop'

const LISTED = new Map<number, Action>(
  Object.entries(BASIC_PROFILE).flatMap(([action, tags]) =>
    tags
      .trim()
      .split(/\s+/)
      .map((tag): [number, Action] => [Number.parseInt(tag, 16), action as Action]),
  ),
)

/** VRs that name people, machines or days: emptied also where the table does not list them. */
const TELLING = new Set(['AE', 'DA', 'DT', 'PN'])
/** UIDs that name a kind of thing, not a thing. */
const KINDS = /(ClassUID|SyntaxUID|CodingSchemeUID|ContextUID|MappingResourceUID|ClassesInStudy)$/

/**
 * The action for an element, in a sequence or not (PS3.15 E.1.1). Beyond the table, what it is silent of and nobody can
 * answer for is taken out, too: attributes that the dictionary does not know, values of unknown VR, names, days and UIDs.
 */
export function actionOf({ tag, vr }: Element, dictionary: Dictionary): Action {
  const [group, element] = [tag >>> 16, tag & 0xffff]
  // Lengths of groups: they no longer fit.
  if (element === 0) return 'drop'
  // Private; curves; overlays, of which the profile removes data and comments: without them the rest is in the way.
  if (group % 2 === 1 || (group & 0xff00) === 0x5000 || (group & 0xff00) === 0x6000) return 'X'
  const listed = LISTED.get(tag)
  if (listed) return listed
  const entry = dictionary(tag)
  if (!entry || vr === 'UN') return 'X'
  if (TELLING.has(vr)) return 'Z'
  return vr === 'UI' && !KINDS.test(entry.keyword) ? 'U' : 'keep'
}
