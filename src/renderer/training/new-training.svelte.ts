import { SPLIT_RULES, type SplitRule } from '../../shared/dataset.ts'
import type { DatasetEntry, DatasetSummary } from '../../shared/frozen-dataset.ts'
import type { RecipeChanges, RecipeInfo, RecipeName } from '../../shared/training.ts'
import type { SetTraining } from '../../shared/training-contract.ts'
import { SAFE_RANGES } from '../../shared/training-ranges.ts'
import { call, failureOf } from '../client/client.ts'
import type { UiFailure } from '../client/transport.ts'
import { texts } from '../texts.ts'

type ChangeName = keyof RecipeChanges

/** What is being asked of a new training, before it is sent. */
export class NewTraining {
  sets = $state.raw<DatasetEntry[] | null>(null)
  recipes = $state.raw<RecipeInfo[]>([])
  /** Whether whole networks can be trained on this machine. */
  native = $state(false)
  /** Whether they can on another one of the department’s. */
  nativeElsewhere = $state(false)
  /** Whether other workstations train, too. */
  shared = $state(false)
  /** Whether only one with a GPU may. */
  onGpu = $state(false)
  failure = $state.raw<UiFailure | null>(null)

  /** `name@version` of the chosen set. */
  set = $state('')
  summary = $state.raw<DatasetSummary | null>(null)
  recipeName = $state<RecipeName>('head')
  split = $state<SplitRule>('patient')
  changes = $state<Partial<Record<ChangeName, number | null>>>({})
  /** Whether images are cropped to the brain. */
  cropped = $state(false)
  /** What is left around it, a share of its longer side. */
  margin = $state<number | null>(0.1)
  seed = $state<number | null>(1)

  readonly recipe = $derived(this.recipes.find(({ name }) => name === this.recipeName) ?? null)
  readonly problems = $derived(this.summary?.problems ?? [])
  /** What can be changed of the chosen recipe, in the order in which it is worth a thought. */
  readonly changeable = $derived(
    (Object.keys(SAFE_RANGES) as ChangeName[]).filter((name) => this.recipe?.defaults[name] !== undefined),
  )
  /** What is wrong with the changes; null where nothing is. */
  readonly wrong = $derived(
    this.changeable.map((name) => wrongWith(name, this.changes[name])).find((one) => one) ?? this.#wrongMargin(),
  )
  readonly asked: SetTraining | null = $derived.by(() => {
    if (this.summary === null || this.recipe === null || this.wrong !== null || this.seed === null) return null
    const { name, version } = this.summary
    return {
      dataset: { name, version },
      recipe: this.recipe.name,
      changes: this.#changed(),
      split: { by: this.split },
      seed: this.seed,
      ...(this.onGpu && { onGpu: true }),
    }
  })

  async load(): Promise<void> {
    try {
      const [{ sets }, { recipes }, { training }, department] = await Promise.all([
        call('datasets.list', {}),
        call('training.recipes', {}),
        call('nativeEngine.get', {}),
        call('department.get', {}),
      ])
      this.recipes = recipes
      this.native = training === 'full'
      const others = department?.stations ?? []
      this.nativeElsewhere = others.some(({ trains }) => trains === 'native' || trains === 'gpu')
      this.shared = department !== null
      this.recipeName = recipes.find((one) => this.possible(one))?.name ?? 'head'
      this.sets = sets
      this.failure = null
      if (sets[0]) await this.choose(`${sets[0].name}@${sets[0].version}`)
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  possible = ({ needsNativeEngine }: RecipeInfo): boolean => this.native || this.nativeElsewhere || !needsNativeEngine

  /** Takes a set, and with it the strictest division that it allows. */
  async choose(set: string): Promise<void> {
    this.set = set
    this.summary = null
    const chosen = this.sets?.find(({ name, version }) => `${name}@${version}` === set)
    if (!chosen) return
    try {
      const { name, version } = chosen
      const summary = await call('datasets.get', { name, version })
      // Another one was chosen in the meantime.
      if (this.set !== set) return
      this.summary = summary
      if (this.split === 'patient' || this.split === 'group') this.split = summary.patients > 0 ? 'patient' : 'group'
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  readonly rules = SPLIT_RULES

  #changed(): RecipeChanges {
    const given = this.changeable.flatMap((name) => {
      const value = this.changes[name]
      return typeof value === 'number' ? [[name, value] as const] : []
    })
    const { cropped, margin } = this
    return { ...Object.fromEntries(given), ...(cropped && margin !== null && { brainMargin: margin }) }
  }

  #wrongMargin(): string | null {
    if (!this.cropped) return null
    return this.margin === null ? texts.training.form.noMargin : wrongWith('brainMargin', this.margin)
  }
}

function wrongWith(name: ChangeName, value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null
  const { low, high, whole } = SAFE_RANGES[name]
  const t = texts.training
  if (!(value >= low && value <= high)) return t.form.outside(t.changes[name].name, low, high)
  return whole && !Number.isInteger(value) ? t.form.notWhole(t.changes[name].name) : null
}
