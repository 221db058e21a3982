import type { Random } from '../random.ts'
import type { Sampling } from '../recipes/types.ts'
import type { Example } from './types.ts'

/** Places of the images of one epoch, in the order in which they are learned from. */
export function drawEpoch(examples: Example[], sampling: Sampling, random: Random): number[] {
  const places = [...examples.keys()]
  if (sampling.by === 'image') return random.shuffle(places)
  const known = places.filter((place) => examples[place]?.label !== null)
  const unknown = places.filter((place) => examples[place]?.label === null)
  const classes = [...Map.groupBy(known, (place) => examples[place]?.label).values()]
  const each = Math.round(known.length / classes.length)
  const drawn = classes.flatMap((ofClass) => drawWeighted(ofClass, groupWeights(examples, ofClass, 0.5), each, random))
  if (unknown.length > 0) {
    drawn.push(...drawWeighted(unknown, groupWeights(examples, unknown, 1), sampling.tumours, random))
  }
  return random.shuffle(drawn)
}

/** Weight 1/n^power for each image of a group of n. */
function groupWeights(examples: Example[], places: number[], power: number): number[] {
  const sizes = new Map<string, number>()
  const group = (place: number) => examples[place]?.group ?? ''
  for (const place of places) sizes.set(group(place), (sizes.get(group(place)) ?? 0) + 1)
  return places.map((place) => (sizes.get(group(place)) as number) ** -power)
}

/**
 * Draws places in proportion to their weights, each as often as expected, rounded up or down (systematic sampling):
 * every image of an even set comes exactly once.
 */
export function drawWeighted(places: number[], weights: number[], count: number, random: Random): number[] {
  const order = random.shuffle([...places.keys()])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const drawn: number[] = []
  let sum = 0
  let next = random.next()
  for (const i of order) {
    sum += ((weights[i] as number) / total) * count
    for (; next < sum; next += 1) drawn.push(places[i] as number)
  }
  return drawn
}
