import { plural } from '../format.ts'

/** Around the user guide; part of `texts`. What it says stands in docs/user-guide.md, in German in docs/user-guide.de.md. */
export const guideTexts = {
  title: 'User guide',
  open: 'Guide',
  contents: 'Contents',
  search: 'Search the guide',
  found: (n: number) => (n === 0 ? 'No part has all these words' : plural(n, 'part', 'parts')),
  next: 'Enter: next place',
}
