import { GyrusError } from '../../../shared/errors.ts'
import type { ReadColumn } from '../../../shared/evaluate-set.ts'
import type { EvaluationReport, TumourColumn } from '../../../shared/evaluation-report.ts'
import { evaluateRuns } from './evaluate-runs.ts'
import { keptApart } from './kept-apart.ts'
import { readRuns } from './read-predictions.ts'

/** What the runs of a model's cross-validation held out, as columns for the report of the model itself. */
export interface CrossValidation extends Pick<EvaluationReport, 'columns' | 'tumourColumns' | 'notes'> {
  read: ReadColumn[]
  /** The tumours of unknown type among them: folder of their table and file, as in `EvaluatedTumours`. */
  tumourIds: ReadonlySet<string>
}

const NOTE =
  'Columns of the cross-validation are of its own models, which were trained by the same recipe without these images. The model of the other columns may have learned from them.'

/**
 * @param files `predictions.json` of the runs
 * @throws GyrusError errors of `evaluateRuns`
 */
export async function evaluateFolds(files: string[]): Promise<CrossValidation> {
  const { report, read } = await evaluateRuns({ files, html: false })
  const runs = await readRuns(files)
  const apart = keptApart(runs)
  const rename = <C extends { title: string; splitRule: string }>(column: C): C => ({
    ...column,
    title: `Cross-validation${apart ? ', patients apart' : ''}: ${column.title.charAt(0).toLowerCase()}${column.title.slice(1)}`,
    splitRule: `${apart ? 'no patient or group was held out by two trainings; ' : ''}${column.splitRule}`,
  })
  return {
    columns: report.columns.map(rename),
    read,
    tumourColumns: report.tumourColumns.map(rename),
    notes: [NOTE, ...report.notes],
    tumourIds: new Set(runs.flatMap(({ run }) => run.images.filter(({ label }) => !label).map(({ file }) => file))),
  }
}

/** @throws GyrusError `predictions-other-set` where the runs were trained on another set than the one that is evaluated */
export function checkSameSet({ columns }: CrossValidation, set: string, sha256: string): void {
  if (columns[0]?.dataSha256 !== sha256) throw new GyrusError('predictions-other-set', { set })
}

/** A table of tumours that the cross-validation drew on is not new to the model, and its column says so. */
export function markKnown(column: TumourColumn, ids: string[], { tumourIds }: CrossValidation): TumourColumn {
  const n = ids.filter((id) => tumourIds.has(id)).length
  if (n === 0) return column
  return {
    ...column,
    title: `${column.title} (part of its cross-validation)`,
    splitRule: `${n} of them were part of its cross-validation, so that it may have learned from them; ${column.splitRule}`,
  }
}
