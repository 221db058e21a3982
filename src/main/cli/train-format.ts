import { LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import type { Epoch, EpochPart, RunSummary } from '../../shared/training.ts'

/** One line an epoch. */
export function formatEpoch({ epoch, training, validation, seconds, memoryMegabytes }: Epoch): string {
  const kept = validation ? `  validation ${formatPart(validation)}` : ''
  return `epoch ${epoch}  training ${formatPart(training)}${kept}  ${seconds.toFixed(0)} s  ${memoryMegabytes} MB`
}

const formatPart = ({ loss, accuracy, macroRecall }: EpochPart) =>
  `loss ${loss.toFixed(4)} accuracy ${percent(accuracy)} recall ${percent(macroRecall)}`

export function formatRun(run: RunSummary, dir: string): string {
  const { images, unreadable, validation, bestEpoch } = run
  const lines = [
    `Run ${run.id}: ${END[run.end]}, trained with ${run.engine}.`,
    `Images: ${images.training} for training, ${images.validation} for validation, ${images['held-out']} held out, ${images.testing} of the test side.`,
  ]
  if (unreadable.length > 0) {
    lines.push(
      `Images that could not be read and were left out, ${unreadable.length}:`,
      ...unreadable.map((file) => `  ${file}`),
    )
  }
  if (bestEpoch !== null && validation) lines.push(`Kept: epoch ${bestEpoch}, with the lowest validation loss.`)
  if (validation) {
    const recall = LABELS.map((label, i) => `${LABEL_NAMES[label]} ${percent(validation.recall[i] ?? Number.NaN)}`)
    lines.push(`Validation: ${formatPart(validation)} (${recall.join(', ')}).`)
  }
  return [...lines, `Kept in ${dir}`].join('\n')
}

const END: Record<RunSummary['end'], string> = {
  completed: 'trained to the end',
  'stopped-early': 'stopped early, since validation did not get better',
  diverged: 'its loss was no number any more; the last good epoch was kept',
}

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`)
