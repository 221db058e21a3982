import { formatConfidence, LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import type { Difference, Rerun } from '../../shared/timeline.ts'
import { number, plural } from '../format.ts'

const short = (sha256: string) => `${sha256.slice(0, 12)} …`
const whats: Record<string, string> = {
  model: 'the model',
  weights: 'the weights',
  preprocessing: 'the preprocessing',
  engine: 'the engine',
  confidences: 'the probabilities',
} satisfies Record<Difference['what'], string>

/** What the history of a case says. */
export const historyTexts = {
  title: 'History',
  exactly: 'Run again exactly',
  withActive: 'Run with the active model',
  hint: 'Exactly: compares, and changes nothing. With the active model: its answer supersedes the one that stands.',
  running: 'Running…',
  times: (n: number) => `${number(n)} times`,
  ofSeries: {
    acts: {
      'case.analysed': 'Series answered',
      'case.analysed-again': 'Series answered anew',
    } as Record<string, string>,
    text: ({ slices, counted }: { slices: number; counted: number | null }) =>
      counted === null
        ? plural(slices, 'slice joined', 'slices joined')
        : `${plural(slices, 'slice', 'slices')}, ${number(counted)} counted`,
  },
  pacs: (name: string) => `PACS ${name}`,
  same: 'The same answer',
  differs: (what: string[]) => `Not the same: ${what.map((one) => whats[one] ?? one).join(', ')}`,
  outcome: ({ modelId, same, now }: Rerun) => {
    if (same) return `The same answer of ${modelId}.`
    if (now === null) return `It could not be run again through ${modelId}.`
    const all = LABELS.map((label) => `${LABEL_NAMES[label]} ${formatConfidence(now[label])}`)
    return `${modelId} says something else now: ${all.join(', ')}.`
  },
  difference: (difference: Difference) => {
    if (difference.what === 'model') return `${difference.failure.message} ${difference.failure.action}`
    if (difference.what === 'confidences') return `Probabilities differ by up to ${difference.by.toPrecision(2)}.`
    const { what, before, now } = difference
    const then = what === 'weights' ? [short(before), short(now)] : [before, now]
    return `Differs: ${whats[what]}, ${then[0]} then, ${then[1]} now.`
  },
}
