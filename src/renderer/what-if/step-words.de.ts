import type { Translated } from '../../shared/language.ts'
import type { STEP_WORDS } from './step-words.ts'

export const stepWords: Translated<typeof STEP_WORDS> = {
  seed: (seed) => `(Startwert ${seed})`,
  at: (size, x, y) => `${size} bei ${x}, ${y}`,
  stroke: 'ein Strich',
  dot: 'ein Punkt',
}
