import { setImmediate as nextTurn } from 'node:timers/promises'
import { attentionOf } from '../../../../shared/attention.ts'
import type { Batch } from '../../../../shared/batches.ts'
import { type FoundRegion, PERCENTILES } from '../../../../shared/brain-region.ts'
import { isJudged, reasonsIn, shownSet } from '../../../../shared/input-gate.ts'
import { BANNER, CALLED_NAMES, LABEL_NAMES, LABELS, VERDICT_LABEL_NAMES } from '../../../../shared/labels.ts'
import type { Blind, ExportedFile, ReadStore } from '../../../store/types.ts'

export type Cell = string | number | null

/** Files read from the record at a time. */
const WINDOW = 500

interface Column {
  title: string
  value(file: ExportedFile, batch: Batch): Cell
}

/** As on the screen; one label alone is the answer itself. */
function notRuledOut({ set, confidences }: ExportedFile): Cell {
  const shown = confidences && shownSet(set, confidences)
  if (shown?.length === 0) return 'sure of none'
  return shown && shown.length > 1 ? shown.map((label) => LABEL_NAMES[label]).join('; ') : null
}

/** Numbers for an image that is not judged stay on record; in a table they would be taken for an answer. */
const meantConfidences = ({ confidences, gate }: ExportedFile) => (isJudged(gate) ? confidences : null)
const foundIn = ({ region }: ExportedFile): FoundRegion | null => (region?.found ? region : null)
const REGION_COLUMNS: Column[] = [
  { title: 'Brain region found', value: ({ region }) => region && (region.found ? 'yes' : 'no') },
  { title: 'Brain area (share of picture)', value: (file) => foundIn(file)?.area ?? null },
  { title: 'Brain area (cm²)', value: (file) => foundIn(file)?.areaCm2 ?? null },
  { title: 'Brain grey mean (0–255)', value: (file) => foundIn(file)?.mean ?? null },
  { title: 'Brain grey SD', value: (file) => foundIn(file)?.sd ?? null },
  ...PERCENTILES.map((percent) => ({
    title: `Brain grey P${percent}`,
    value: (file: ExportedFile) => foundIn(file)?.percentiles[`p${percent}`] ?? null,
  })),
  { title: 'Asymmetry index', value: (file) => foundIn(file)?.asymmetry ?? null },
]

const COLUMNS: Column[] = [
  { title: 'No.', value: ({ seq }) => seq },
  { title: 'File', value: ({ path }) => path },
  { title: 'Status', value: ({ state }) => state },
  {
    title: 'AI label',
    value: ({ label, gate }) => (isJudged(gate) ? label && LABEL_NAMES[label] : CALLED_NAMES.unjudged),
  },
  { title: 'Input gate', value: ({ gate }) => gate?.verdict ?? null },
  { title: 'Gate reasons', value: ({ gate }) => gate && reasonsIn(gate).join('; ') },
  { title: 'Not ruled out', value: notRuledOut },
  ...LABELS.map((label) => ({
    title: `p(${LABEL_NAMES[label]})`,
    value: (file: ExportedFile) => meantConfidences(file)?.[label] ?? null,
  })),
  {
    title: 'Attention',
    value: (file) => {
      const confidences = meantConfidences(file)
      return confidences && attentionOf(confidences)
    },
  },
  ...REGION_COLUMNS,
  { title: 'Verdict', value: ({ verdict }) => verdict },
  { title: 'Reader says', value: ({ verdictLabel }) => verdictLabel && VERDICT_LABEL_NAMES[verdictLabel] },
  { title: 'Reader', value: ({ reader }) => reader },
  { title: 'Failure', value: ({ failure }) => failure && `${failure.message} [${failure.code}]` },
  { title: 'Model', value: ({ modelId }) => modelId },
  { title: 'Weights (SHA-256)', value: ({ weightsSha256 }) => weightsSha256 },
  { title: 'Analysed at', value: ({ analysedAt }) => analysedAt },
  { title: 'Scan (SHA-256)', value: ({ sha256 }) => sha256 },
  { title: 'Case', value: ({ caseId }) => caseId },
  { title: 'Series (case)', value: ({ series }) => series },
  { title: 'Batch', value: (_, { id }) => id },
  // In every row, so that no sorting, filtering or cutting leaves a result without it.
  { title: 'Note', value: () => BANNER },
]

/** A batch as a table, its header first, in windows of rows; one row a file. */
export async function* tableOf(store: ReadStore, batch: Batch, blind: Blind): AsyncGenerator<Cell[][]> {
  yield [COLUMNS.map(({ title }) => title)]
  for (let after = 0; ; ) {
    const files = await store.exportedFiles(batch.id, after, WINDOW, blind)
    if (files.length > 0) yield files.map((file) => COLUMNS.map(({ value }) => defused(value(file, batch))))
    if (files.length < WINDOW) return
    after = files.at(-1)?.seq ?? after
    // Reading and packing take no turn of their own: between windows whoever else asks is answered.
    await nextTurn()
  }
}

/** A text that a spreadsheet would take for a formula is kept from being one by an apostrophe. */
export const defused = (cell: Cell): Cell =>
  typeof cell === 'string' && /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell
