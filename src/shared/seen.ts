/** How many of the images that were measured a model learned from. */
export const SEEN = ['all', 'some', 'none', 'not-known'] as const
export type Seen = (typeof SEEN)[number]

export const SEEN_WORDS: Record<Seen, string> = {
  all: 'all of these images',
  some: 'some of these images',
  none: 'none of these images',
  'not-known': 'not known',
}
