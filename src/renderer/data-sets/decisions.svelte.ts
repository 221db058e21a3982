import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { Decision } from '../../shared/curation.ts'
import { SPLIT_NAMES, type SplitName } from '../../shared/dataset.ts'
import type { CopyGroup } from '../../shared/dataset-audit.ts'

export const GROUP_ACTS = ['keep', 'keep-one', 'merge', 'drop', ...SPLIT_NAMES] as const
/** What can be done with a whole group: nothing, all but one left out, one patient, all left out, or one side. */
export type GroupAct = (typeof GROUP_ACTS)[number]

const isSide = (act: GroupAct): act is SplitName => (SPLIT_NAMES as readonly string[]).includes(act)

interface Decided {
  act: GroupAct
  images: CopyGroup['images']
}

/** What somebody has decided on a version's groups, until it is frozen. */
export class Decisions {
  /** By the group's first file, which is in no other group. */
  readonly #groups = new SvelteMap<string, Decided>()
  /** Single images to be left out, of groups that are kept as they are. */
  readonly #dropped = new SvelteSet<string>()

  readonly list = $derived.by((): Decision[] => {
    const decided = [...this.#groups.values()].flatMap(toDecision)
    const named = new Set([...this.#groups.values()].flatMap(({ images }) => images.map(({ file }) => file)))
    const single = [...this.#dropped].filter((file) => !named.has(file))
    return single.length > 0 ? [...decided, { act: 'drop', files: single }] : decided
  })
  readonly dropped = $derived(
    this.list.reduce(
      (sum, one) => sum + (one.act === 'drop' ? one.files.length : one.act === 'keep-one' ? one.drop.length : 0),
      0,
    ),
  )
  readonly moved = $derived(
    [...this.#groups.values()].reduce(
      (sum, { act, images }) => sum + (isSide(act) ? images.filter(({ split }) => split !== act).length : 0),
      0,
    ),
  )

  /** Images of groups that become one patient; how many others their patients have is not known here. */
  readonly merged = $derived(this.list.reduce((sum, one) => sum + (one.act === 'merge' ? one.files.length : 0), 0))

  of(group: CopyGroup): GroupAct {
    return this.#groups.get(keyOf(group))?.act ?? 'keep'
  }

  decide(group: CopyGroup, act: GroupAct): void {
    if (act === 'keep') this.#groups.delete(keyOf(group))
    else this.#groups.set(keyOf(group), { act, images: group.images })
  }

  /** Whether an image will be left out. */
  drops(group: CopyGroup, file: string): boolean {
    const act = this.of(group)
    if (act === 'keep') return this.#dropped.has(file)
    return act === 'drop' || (act === 'keep-one' && file !== keyOf(group))
  }

  drop(file: string, leaveOut: boolean): void {
    if (leaveOut) this.#dropped.add(file)
    else this.#dropped.delete(file)
  }

  clear(): void {
    this.#groups.clear()
    this.#dropped.clear()
  }
}

const keyOf = ({ images }: CopyGroup): string => images[0]?.file ?? ''

function toDecision({ act, images }: Decided): Decision[] {
  const [keep = '', ...drop] = images.map(({ file }) => file)
  if (act === 'keep') return []
  if (act === 'keep-one') return [{ act, keep, drop }]
  const files = [keep, ...drop]
  return isSide(act) ? [{ act: 'move', files, to: act }] : [{ act, files }]
}
