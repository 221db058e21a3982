import { GyrusError } from '../../../shared/errors.ts'
import { random } from '../../../shared/random.ts'
import { type SearchRange, type SearchRequest, WHOLE } from '../../../shared/search.ts'
import { type RecipeChanges, recipeChangesSchema } from '../../../shared/training.ts'

/** Points that a grid takes of a range between two ends. */
const GRID_POINTS = 3

/**
 * The changes of each trial, in order; the same search always gives the same. A grid has every combination, the last
 * range turning fastest; at random, a combination is drawn once at most.
 *
 * @throws GyrusError `search-invalid` where a value is not one that the recipe takes
 */
export function trialsOf({ ranges, mode, trials, request }: SearchRequest): RecipeChanges[] {
  const names = ranges.map(({ name }) => name)
  if (new Set(names).size < names.length)
    throw new GyrusError('search-invalid', { reason: 'a name stands there twice' })
  const combinations = mode === 'grid' ? grid(ranges) : draw(ranges, trials, request.seed)
  return combinations.slice(0, trials).map((combination) => check({ ...request.changes, ...combination }))
}

function check(changes: RecipeChanges): RecipeChanges {
  const parsed = recipeChangesSchema.safeParse(changes)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new GyrusError('search-invalid', { reason: `${issue?.path.join('.')}: ${issue?.message}` })
}

function grid(ranges: SearchRange[]): RecipeChanges[] {
  return ranges.reduce<RecipeChanges[]>(
    (combinations, range) =>
      combinations.flatMap((combination) => points(range).map((value) => ({ ...combination, [range.name]: value }))),
    [{}],
  )
}

function points(range: SearchRange): number[] {
  if (range.kind === 'values') return range.values
  return Array.from({ length: GRID_POINTS }, (_, i) => at(range, i / (GRID_POINTS - 1)))
}

function draw(ranges: SearchRange[], count: number, seed: number): RecipeChanges[] {
  const next = random(seed)
  const drawn = new Map<string, RecipeChanges>()
  // Small spaces are used up before `count` is reached.
  for (let tries = 0; drawn.size < count && tries < 20 * count; tries++) {
    const combination = Object.fromEntries(ranges.map((range) => [range.name, pick(range, next())]))
    drawn.set(JSON.stringify(combination), combination)
  }
  return [...drawn.values()]
}

function pick(range: SearchRange, share: number): number {
  return range.kind === 'values' ? (range.values[Math.floor(share * range.values.length)] as number) : at(range, share)
}

function at({ name, low, high, log }: Extract<SearchRange, { kind: 'between' }>, share: number): number {
  const value = log ? low * (high / low) ** share : low + (high - low) * share
  return WHOLE.includes(name) ? Math.round(value) : Number(value.toPrecision(3))
}
