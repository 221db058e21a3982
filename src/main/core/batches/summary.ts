import { type BatchFileState, type BatchQuery, type BatchTotals, batchQuerySchema } from '../../../shared/batches.ts'
import { CALLED, type Called } from '../../../shared/labels.ts'
import type { ModelCard } from '../../../shared/model.ts'
import type { PassedOver } from '../../../shared/passed-over.ts'
import type { Blind, Store } from '../../store/types.ts'
import type { BatchReport, EyesRow, FailedRow, Rows } from '../reports/batch/data.ts'
import { countOf } from './of-batch.ts'

/** Rows read from the record at a time. */
const WINDOW = 200

type Row = Awaited<ReturnType<Store['batchFiles']>>['rows'][number]

/** What a batch's PDF tells: read while it is written, so that no number of cases fills the memory. */
export async function summaryOf(
  store: Store,
  id: string,
  cards: ModelCard[],
  asks: { by: string; blind: Blind },
): Promise<BatchReport> {
  const batch = await store.getBatch(id)
  const totals = await store.batchTotals(id, asks.blind)
  const perLabel = Object.fromEntries(CALLED.map((label) => [label, filesOf(totals, (row) => row.label === label)]))
  const counted = filesOf(totals, ({ label }) => label !== null)
  const kept = filesOf(totals, ({ state, label }) => label === null && ANALYSED.includes(state))
  const { total: files, failed, remaining: waiting } = batch.counts
  const read = filesOf(totals, ({ state }) => state === 'reviewed' || state === 'signed')
  const series = countOf(await store.seriesOfBatch(id))
  const weights = await firstWeights(store, id)
  const ended = batch.state === 'completed' || batch.state === 'cancelled'
  return {
    id,
    name: batch.name,
    origin: batch.origin,
    startedBy: batch.createdBy,
    startedAt: batch.createdAt,
    finishedAt: ended ? batch.changedAt : null,
    totals: { files, analysed: counted + kept, kept, failed, waiting, read },
    series,
    perLabel: perLabel as Record<Called, number>,
    model: modelOf(cards, weights),
    eyesFirst: rowsOf(counted, store, id, batchQuerySchema.parse({ labels: [...CALLED] }), asks, eyesRow),
    failed: rowsOf(failed, store, id, batchQuerySchema.parse({ states: ['failed'], sort: 'order' }), asks, failedRow),
    passedOver: passedOverRows(await store.passedOver(id)),
    madeFor: asks.by,
  }
}

const ANALYSED: BatchFileState[] = ['skipped', 'analysed', 'reviewed', 'signed']

function filesOf(totals: BatchTotals, of: (row: BatchTotals[number]) => boolean): number {
  return totals.filter(of).reduce((sum, { files }) => sum + files, 0)
}

/** Those of the first file that has an answer: the first file of all may have failed. */
async function firstWeights(store: Store, id: string): Promise<string | null> {
  let after = 0
  for (;;) {
    const files = await store.exportedFiles(id, after, WINDOW)
    const answered = files.find(({ weightsSha256 }) => weightsSha256 !== null)
    if (answered || files.length < WINDOW) return answered?.weightsSha256 ?? null
    after = files.at(-1)?.seq ?? after
  }
}

/** Only a card that speaks of the very weights that answered. */
function modelOf(cards: ModelCard[], weightsSha256: string | null): BatchReport['model'] {
  const card = cards.find((one) => one.weightsSha256 === weightsSha256)
  return card ? { id: card.id, name: card.name, version: card.version, weightsSha256: card.weightsSha256 } : null
}

function rowsOf<T>(
  count: number,
  store: Store,
  id: string,
  query: BatchQuery,
  { by, blind }: { by: string; blind: Blind },
  row: (file: Row) => T | null,
): Rows<T> {
  async function* read(): AsyncGenerator<T> {
    let [left, after] = [count, null as Awaited<ReturnType<Store['batchFiles']>>['end']]
    while (left > 0) {
      const { rows, end } = await store.batchFiles(id, query, { after, skip: 0, limit: WINDOW }, by, blind)
      // A batch that runs may have more by now; page numbers were made from what there was.
      for (const found of rows.flatMap((file) => row(file) ?? []).slice(0, left)) {
        yield found
        left -= 1
      }
      if (!end || rows.length === 0) return
      after = end
    }
  }
  return { count, read }
}

function eyesRow({ caseId, path, label, confidence, verdict, verdictLabel, reader }: Row): EyesRow | null {
  if (!caseId || !label) return null
  return {
    caseId,
    fileName: path,
    label,
    confidence,
    verdict: verdict && { verdict, label: verdictLabel, reader: reader ?? '' },
  }
}

/** Few: of each kind the first paths are kept. */
function passedOverRows(kinds: PassedOver[]): BatchReport['passedOver'] {
  const rows = kinds.flatMap(({ kind, files, paths }) => {
    const more = files - paths.length
    return [
      ...paths.map((fileName) => ({ kind, files: 1, fileName })),
      ...(more > 0 ? [{ kind, files: more, fileName: null }] : []),
    ]
  })
  return {
    count: rows.length,
    async *read() {
      yield* rows
    },
  }
}

const failedRow = ({ path, failure }: Row): FailedRow | null => failure && { fileName: path, failure }
