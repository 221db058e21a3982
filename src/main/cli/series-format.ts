import type { CaseDetail } from '../../shared/cases.ts'
import { reasonsIn } from '../../shared/input-gate.ts'
import { LABEL_NAMES } from '../../shared/labels.ts'
import type { Series, Slice } from '../../shared/series.ts'
import type { ReadStore } from '../store/types.ts'
import { answerText, remarks } from './format.ts'

/** A series as the command line tells of it. */
export interface SeriesOutcome {
  detail: CaseDetail
  series: Series
  /** Names of the files that decided, in the order of the stack. */
  deciding: string[]
}

/** @param id case of a series */
export async function seriesOutcome(store: ReadStore, id: string): Promise<SeriesOutcome[]> {
  const [detail, series] = await Promise.all([store.getCase(id), store.seriesOf(id)])
  if (!series) return []
  const cases = (series.deciding ?? []).map((place) => store.getCase(series.slices[place]?.caseId ?? ''))
  return [{ detail, series, deciding: (await Promise.all(cases)).map(({ fileName }) => fileName) }]
}

/** One JSON line. */
export function formatSeriesJson({ detail, series, deciding }: SeriesOutcome): string {
  const { id, dicom, result, failure } = detail
  const { slices, counted, rule, cautions } = series
  const answer = result
    ? {
        ...{ status: 'analysed', label: result.label, confidences: result.confidences },
        ...{ gate: result.gate, set: result.set, model: result.modelId },
      }
    : { status: 'failed', code: failure?.code ?? null, message: failure?.message ?? null }
  return JSON.stringify({
    ...{ series: dicom?.seriesUid ?? '', case: id, ...answer },
    ...{ slices: slices.length, counted, rule, deciding, cautions },
  })
}

/** One line for people, as one of a file is. */
export function formatSeriesText({ detail, series, deciding }: SeriesOutcome): string {
  const { fileName, result, failure } = detail
  const what = `${fileName}: ${series.slices.length} slices, ${series.counted} counted`
  if (!result) return `failed                   ${failure?.message ?? ''} [${failure?.code ?? ''}]  ${what}`
  const { label, confidences, gate, set } = result
  if (!label) return `series not judged        ${reasonsIn(gate).join('; ')}  ${what}`
  const by = deciding.length > 0 ? `, decided by ${deciding.join(', ')}` : ''
  return `${answerText(label, confidences)}${remarks(gate, set, confidences)}  ${what}${by}`
}

/** Slices one a line: place, instance, mm along the stack, probability of a tumour, label, whether it counts; `*` decided. @param told with probability and label */
export function formatSlices({ slices, deciding }: Series, told: boolean): string[] {
  const head = sliceLine(['Slice', 'Inst.', 'mm', 'Tumour', 'AI label', 'Scope'])
  const shown = (slice: Slice): Slice => (told ? slice : { ...slice, label: null, confidences: null })
  return [head, ...slices.map((slice) => sliceLine(cellsOf(shown(slice), deciding?.includes(slice.place) ?? false)))]
}

const cellsOf = ({ place, instanceNumber, mm, label, confidences, scope }: Slice, decided: boolean): string[] => [
  String(place + 1),
  String(instanceNumber ?? ''),
  mm === null ? '' : mm.toFixed(1),
  confidences ? (1 - confidences.notumor).toFixed(2) : '',
  label ? LABEL_NAMES[label] : '',
  decided ? `${scope} *` : scope,
]

const WIDTHS = [6, 6, 7, 7]

const sliceLine = (cells: string[]): string =>
  cells
    .map((cell, i) => (WIDTHS[i] === undefined ? cell.padEnd(16) : cell.padStart(WIDTHS[i])))
    .join('  ')
    .trimEnd()
