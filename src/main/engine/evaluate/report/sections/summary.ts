import type { Evaluation } from '../../../../../shared/evaluation.ts'
import type { Column, TumourColumn } from '../../../../../shared/evaluation-report.ts'
import { NOTHING, percent, whole } from '../../../../../shared/figure-format.ts'
import type { TumourEvaluation } from '../../../../../shared/tumour-evaluation.ts'
import { DAGGER, decimalCell, numberCell, shareCell } from '../cell.ts'
import { figure, headings } from '../figure.ts'
import { type Html, html } from '../html.ts'

/** The figures that a reader asks for first. */
export function summary(columns: Column[], tumourColumns: TumourColumn[]): Html {
  const all = [...columns, ...tumourColumns]
  const row = (name: string, cells: Html[]) => html`<tr><th scope="row">${name}</th>${cells}</tr>`
  const ofAll = (name: string, cell: (e: TumourEvaluation) => Html) =>
    row(
      name,
      all.map(({ evaluation }) => cell(evaluation)),
    )
  const ofClasses = (name: string, cell: (e: Evaluation) => Html) =>
    row(name, [...columns.map(({ evaluation }) => cell(evaluation)), ...tumourColumns.map(() => numberCell(NOTHING))])
  const counts = (['tumourCalledNone', 'noneCalledTumour'] as const).map((name) => [
    ofAll(NAMES[name], (e) => shareCell(e[name].share, e, name)),
    ofAll('… images', (e) => numberCell(`${whole(e[name].n)} of ${whole(e[name].of)}`)),
    ofAll('… mean over patients or groups', (e) => shareCell(e[name].groupMean, e, `${name}.groupMean`)),
  ])
  const body = html`<table><thead>${headings('', all)}</thead><tbody>
${ofAll('Images', (e) => numberCell(whole(e.n)))}
${counts}
${ofClasses('Accuracy', (e) => shareCell(e.accuracy, e, 'accuracy'))}
${ofClasses('Macro recall', (e) => shareCell(e.macroRecall, e, 'macroRecall'))}
${ofAll('AUROC, tumour against none', (e) => decimalCell(e.tumourAuroc, e.intervals.tumourAuroc))}
${ofClasses('Calibration error (ECE, 15 bins)', (e) => numberCell(percent(e.ece)))}
${ofClasses('Errors among the surest 95 %', (e) => numberCell(percent(errorAt95(e))))}
</tbody></table>`
  return html`<h2 id="summary">In short</h2>${figure('Main figures; beside them 95 % intervals', body, all, DAGGER)}`
}

const NAMES = { tumourCalledNone: 'Tumours called “no tumour”', noneCalledTumour: 'No tumour called a tumour' }

const errorAt95 = ({ riskCoverage }: Evaluation): number | null =>
  riskCoverage.atCoverage.find(({ coverage }) => coverage === 0.95)?.error ?? null
