import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Core } from '../../src/main/core/index.ts'
import { SeriesGrouping } from '../../src/main/core/series/index.ts'
import type { NewCase, NewResult, Store } from '../../src/main/store/types.ts'
import type { DicomFacts } from '../../src/shared/dicom.ts'
import type { Label } from '../../src/shared/labels.ts'
import { anyCase, DICOM_FACTS, newCase, newResult } from './cases.ts'
import { temporaryFolder } from './cleanup.ts'
import { openPaths } from './core.ts'
import { shared } from './shared.ts'

/** One of a real head series; null where the shared data is not there. */
export const REAL_SLICE = shared('dicom/series-t1/N2D_0240.dcm')

/** Numbers of slices of it: with neighbours that the model takes for a tumour, with none, and with none that is counted. */
export const REAL = { suspicious: [144, 156, 192, 228, 264], calm: [240, 252, 264, 276], unlike: [48, 60, 84, 96] }

/** Opens some of its slices. @returns the case of the series */
export async function openRealSeries(core: Core, numbers: number[]): Promise<string> {
  const folder = copyRealSlices(numbers)
  await openPaths(core, folder)
  await core.series.settle()
  const { rows } = await core.store.listCases(anyCase, 0, 1)
  return rows[0]?.id ?? ''
}

/** @returns a folder with them */
export function copyRealSlices(numbers: number[]): string {
  const folder = join(temporaryFolder(), 'slices')
  mkdirSync(folder)
  const names = numbers.map((n) => `N2D_${String(n).padStart(4, '0')}.dcm`)
  for (const name of names) copyFileSync(join(dirname(REAL_SLICE as string), name), join(folder, name))
  return folder
}

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
