import { createHash } from 'node:crypto'
import { SeriesGrouping } from '../../src/main/core/series/index.ts'
import type { NewCase, NewResult, Store } from '../../src/main/store/types.ts'
import type { DicomFacts } from '../../src/shared/dicom.ts'
import type { Label } from '../../src/shared/labels.ts'
import { anyCase, DICOM_FACTS, newCase, newResult } from './cases.ts'

/** A slice of the series of `DICOM_FACTS`, `mm` above the first. */
export const sliceFacts = (mm: number, change: Partial<DicomFacts> = {}): DicomFacts => ({
  ...DICOM_FACTS,
  ...{ instanceUid: `1.2.3.4.${mm + 1_000}`, instanceNumber: mm, position: [0, 0, mm] },
  ...change,
})

/** What a model says that is sure of a label, with `p`. */
export function sure(label: Label, p = 0.9): Pick<NewResult, 'label' | 'confidences'> {
  const rest = (1 - p) / 3
  return { label, confidences: { ...{ glioma: rest, meningioma: rest, notumor: rest, pituitary: rest }, [label]: p } }
}

interface SliceChange {
  facts?: Partial<DicomFacts>
  result?: Partial<NewResult>
  /** What its file holds; another one for each slice where it is not named. */
  content?: string
  from?: Partial<NewCase>
}

/** Puts a slice on record, with an answer. @returns its case */
export async function addSlice(
  store: Store,
  mm: number,
  { facts, result, content, from }: SliceChange = {},
): Promise<string> {
  const sha256 = createHash('sha256')
    .update(content ?? `${mm} ${JSON.stringify(facts)}`)
    .digest('hex')
  const one = newCase({ fileName: `IM${mm}`, scan: { sha256, bytes: 10 }, ...from })
  await store.receive([one])
  await store.complete([newResult(one.id, { dicom: sliceFacts(mm, facts), ...sure('notumor'), ...result })])
  return one.id
}

/** Puts series of a store together, by a model that does not say what it learned from. */
export const groupingOf = (store: Store) =>
  new SeriesGrouping({ store, emit: () => undefined, inputs: async () => null })

/** The series of `DICOM_FACTS`, put together as it is now. @returns its case */
export async function groupNow(store: Store): Promise<string> {
  const grouping = groupingOf(store)
  await grouping.resume()
  grouping.noteSlice(DICOM_FACTS)
  await grouping.settle()
  const { rows } = await store.listCases(anyCase, 0, 100)
  return rows.find(({ fileName }) => fileName.startsWith('Series'))?.id ?? ''
}
