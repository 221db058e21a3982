import { z } from 'zod'
import type { Translated } from './language.ts'

/** How an image is looked at: first flipped, then turned clockwise. `window` is in stored values. */
export const viewSchema = z.strictObject({
  window: z.strictObject({ low: z.number(), high: z.number() }).refine(({ low, high }) => low < high, {
    message: 'a window has a width',
  }),
  inverted: z.boolean(),
  flippedH: z.boolean(),
  flippedV: z.boolean(),
  rotation: z.literal([0, 90, 180, 270]),
})
export type View = z.infer<typeof viewSchema>

/** What of the patient lies at each edge of a picture, in the letters of radiology. */
export interface Sides {
  left: string
  right: string
  top: string
  bottom: string
}

/** What makes a picture differ from its file; never silent. */
export const VIEW_WORDS = {
  flippedH: 'flipped left–right',
  flippedV: 'flipped top–bottom',
  rotated: (degrees: number) => `rotated ${degrees}°`,
  inverted: 'inverted',
  noSides: 'Side markers: not in this file',
  sides: ({ left, right, top, bottom }: Sides) =>
    `Side markers: left ${left}, right ${right}, top ${top}, bottom ${bottom}`,
} as const

/** Flips and rotation in words; empty where the image lies as in its file. */
export function turnsOf(
  { flippedH, flippedV, rotation }: Omit<View, 'window' | 'inverted'>,
  words: Translated<typeof VIEW_WORDS> = VIEW_WORDS,
): string[] {
  return [
    ...(flippedH ? [words.flippedH] : []),
    ...(flippedV ? [words.flippedV] : []),
    ...(rotation === 0 ? [] : [words.rotated(rotation)]),
  ]
}
