/**
 * Chooses what the search for the brain goes by (`SETTINGS`), on the choosing half: one setting after the other, a step up or
 * down as long as that gains. What is gained: mean Dice over the slices with a known brain, and twice the share of the
 * tumours' boxes that lies inside, since a tumour that is cut away is the worse fault.
 *
 *     node scripts/model/brain-region/choose.ts [rounds]
 */
import { brainRegion } from '../../../src/main/engine/brain-region/index.ts'
import { SETTINGS, type Settings } from '../../../src/main/engine/brain-region/settings.ts'
import { readBoxed, readReferences } from './data.ts'
import { boxInside, diceOf, mean } from './figures.ts'

/** Slices further from the middle hold little brain or none. */
const MOST_OFF = 0.85
const rounds = Number(process.argv[2] ?? 2)
const references = (await readReferences()).filter(({ half, off }) => half === 'choosing' && off <= MOST_OFF)
const boxed = (await readBoxed()).filter(({ half }, i) => half === 'choosing' && i % 3 === 0)

function gainOf(settings: Settings) {
  const dice = (['mni152', 'series-t1'] as const).map((source) =>
    mean(
      references
        .filter((one) => one.source === source)
        .map(({ picture, mask }) => diceOf(brainRegion(picture, settings), mask)),
    ),
  )
  const inside = mean(boxed.map((one) => boxInside(brainRegion(one.picture, settings), one.box)))
  return { gain: mean(dice) + 2 * inside, dice, inside }
}

const STEPS: { [K in keyof Settings]: (value: Settings[K], up: boolean) => Settings[K] } = {
  middle: (value, up) => value + (up ? 0.1 : -0.1),
  bone: ([low, high], up) => (up ? [low + 0.05, high + 0.1] : [low - 0.05, high - 0.1]),
  tissue: (value, up) => value * (up ? 1.3 : 1 / 1.3),
  rise: (value, up) => value * (up ? 1.4 : 1 / 1.4),
  inward: (value, up) => value * (up ? 1.3 : 1 / 1.3),
  bend: (value, up) => value * (up ? 1.6 : 1 / 1.6),
  down: (value, up) => value + (up ? 0.05 : -0.05),
}

let best: Settings = SETTINGS
let found = gainOf(best)
console.log(JSON.stringify({ settings: best, ...found }))
for (let round = 0; round < rounds; round++) {
  for (const name of Object.keys(STEPS) as (keyof Settings)[]) {
    for (const up of [true, false]) {
      for (;;) {
        const step = STEPS[name] as (value: unknown, up: boolean) => never
        const tried: Settings = { ...best, [name]: step(best[name], up) }
        const gain = gainOf(tried)
        if (!(gain.gain > found.gain + 1e-4)) break
        best = tried
        found = gain
        console.log(JSON.stringify({ changed: name, settings: best, ...found }))
      }
    }
  }
}
