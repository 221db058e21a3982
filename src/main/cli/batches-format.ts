import type { Batch, BatchTotals } from '../../shared/batches.ts'
import { CALLED_NAMES } from '../../shared/labels.ts'

/** One line of the list. */
export function formatBatch(batch: Batch): string {
  const { id, createdAt, state, name, counts, imagesPerSecond, failure } = batch
  const rate = imagesPerSecond === null ? '' : `${imagesPerSecond.toFixed(0)} images/s`
  const { analysed, failed, skipped, total } = counts
  const done = `${analysed + failed + skipped} of ${total}${batch.listed ? '' : ' or more'}`
  const kinds = [failed > 0 ? `${failed} failed` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean)
  const waits = batch.waitsFor === null ? '' : `waits for ${batch.waitsFor}`
  const parts = [
    id,
    createdAt,
    state.padEnd(11),
    [done, ...kinds].join(', '),
    rate,
    name,
    waits,
    failure?.message ?? '',
  ]
  return parts.filter((part) => part !== '').join('  ')
}

/** Of one that somebody stopped elsewhere, while it was worked on here. */
export function formatStopped({ id, state, counts }: Batch, by: string): string {
  const done = `${counts.total - counts.remaining} of ${counts.total} files`
  if (state === 'cancelled') return `Ended by ${by}, ${done}; what was analysed is kept.`
  return `Paused by ${by}, ${done}; \`gyrus batches resume ${id}\` goes on.`
}

export function formatTotals(batch: Batch, totals: BatchTotals, series: { id: string; files: number }[]): string {
  const lines = totals.map(({ state, label, files }) => {
    return `  ${state.padEnd(9)}  ${(label ? CALLED_NAMES[label] : '').padEnd(16)}  ${files}`
  })
  const stacks = series.map(({ id, files }) => `  series     ${files} files are slices of the case ${id}`)
  return [formatBatch(batch), ...lines, ...stacks].join('\n')
}
