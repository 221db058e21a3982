import type { NetworkRecipe } from '../recipes/types.ts'

/** Side of the input in an epoch (from 1), px: a multiple of 32 where the recipe grows it. */
export function sizeOf({ progressive, epochs, size }: NetworkRecipe, epoch: number): number {
  if (!progressive || epoch > progressive.share * epochs) return size
  return Math.round((size * progressive.scale) / 32) * 32
}

/** How long a training will still take, from the pixels that it has learned from since it was started. */
export class TimeLeft {
  readonly #recipe: NetworkRecipe
  readonly #images: number
  readonly #doneBefore: number
  readonly #start = performance.now()
  #done = 0

  constructor(recipe: NetworkRecipe, images: number, epochsBefore: number) {
    this.#recipe = recipe
    this.#images = images
    this.#doneBefore = this.#workUpTo(epochsBefore)
    this.#done = this.#doneBefore
  }

  sizeOf(epoch: number): number {
    return sizeOf(this.#recipe, epoch)
  }

  step(epoch: number, done: number, of: number): void {
    this.#done = this.#workUpTo(epoch - 1) + (done / of) * this.#workOf(epoch)
  }

  /** Seconds; null before anything is known. */
  left(): number | null {
    const done = this.#done - this.#doneBefore
    if (done <= 0) return null
    const seconds = (performance.now() - this.#start) / 1000
    return ((this.#workUpTo(this.#recipe.epochs) - this.#done) / done) * seconds
  }

  #workOf(epoch: number): number {
    return this.#images * this.sizeOf(epoch) ** 2
  }

  #workUpTo(epoch: number): number {
    let work = 0
    for (let each = 1; each <= epoch; each++) work += this.#workOf(each)
    return work
  }
}
