import { withoutCount } from '../shared/series.ts'
import { foreign } from './format.ts'
import { texts } from './texts.ts'

/** What a file or a series says of itself, and of a series how many slices it has; null of anything else. */
export function described(description: string): { text: string; slices: string | null } {
  const { text, slices } = withoutCount(foreign(description))
  if (!slices) return { text, slices: null }
  return { text, slices: slices.coming ? texts.stack.slicesComing(slices.n) : texts.stack.slices(slices.n) }
}

/** Both as one text. */
export function inOneText(description: string): string {
  const { text, slices } = described(description)
  return [text, slices].filter(Boolean).join(' · ')
}
