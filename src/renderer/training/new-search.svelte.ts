import type { RequestInput } from '../../shared/contract.ts'
import type { SearchRange } from '../../shared/search.ts'
import type { RecipeChanges } from '../../shared/training.ts'
import { SAFE_RANGES } from '../../shared/training-ranges.ts'
import { texts } from '../texts.ts'
import { NewTraining } from './new-training.svelte.ts'

type Name = keyof RecipeChanges

/** Those whose tenth matters as much as its tenfold. */
const BY_FACTORS: readonly Name[] = ['rate', 'l2']

interface Ends {
  on: boolean
  low: number | null
  high: number | null
}

const ends = (name: Name): Ends => ({ on: false, low: SAFE_RANGES[name].low, high: SAFE_RANGES[name].high })

/** What is being asked of a search, before it is sent. */
export class NewSearch {
  readonly training = new NewTraining()
  varied = $state<Record<Name, Ends>>({
    epochs: ends('epochs'),
    batch: ends('batch'),
    rate: ends('rate'),
    labelSmoothing: ends('labelSmoothing'),
    dropout: ends('dropout'),
    size: ends('size'),
    augmentation: ends('augmentation'),
    brainMargin: ends('brainMargin'),
    l2: ends('l2'),
  })
  mode = $state<'grid' | 'random'>('random')
  trials = $state<number | null>(10)
  minutes = $state<number | null>(60)

  readonly names = $derived(this.training.changeable.filter((name) => this.varied[name].on))
  /** What is wrong; null where nothing is. */
  readonly wrong = $derived.by(() => {
    const t = texts.training
    if (this.names.length === 0) return t.search.nothing
    const bad = this.names.find((name) => !fits(name, this.varied[name]))
    if (bad === undefined) return this.training.wrong
    return t.search.badEnds(t.changes[bad].name, SAFE_RANGES[bad].low, SAFE_RANGES[bad].high)
  })
  readonly asked: RequestInput<'search.start'> | null = $derived.by(() => {
    const { asked } = this.training
    const { trials, minutes } = this
    if (!asked || this.wrong !== null || !trials || !minutes) return null
    const ranges = this.names.map((name) => rangeOf(name, this.varied[name]))
    return { training: asked, ranges, mode: this.mode, trials, budgetSeconds: 60 * minutes }
  })
}

function fits(name: Name, { low, high }: Ends): boolean {
  const safe = SAFE_RANGES[name]
  return low !== null && high !== null && low >= safe.low && high <= safe.high && low < high
}

const rangeOf = (name: Name, { low, high }: Ends): SearchRange => ({
  kind: 'between',
  name,
  low: low ?? 0,
  high: high ?? 0,
  log: BY_FACTORS.includes(name),
})
