import { basename } from 'node:path'

/** How many series there are, and how many files of a batch are their slices. */
export const countOf = (series: { files: number }[]) => ({
  count: series.length,
  files: series.reduce((sum, { files }) => sum + files, 0),
})

/** What a batch is called. */
export function nameOf(paths: string[]): string {
  const [first = ''] = paths
  return paths.length === 1 ? basename(first) || first : `${basename(first)} and ${paths.length - 1} more`
}
