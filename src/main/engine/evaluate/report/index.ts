import { type EvaluationReport, evaluationReportSchema } from '../../../../shared/evaluation-report.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import type { Pictures } from './scan.ts'
import { abstaining } from './sections/abstaining.ts'
import { calibration } from './sections/calibration.ts'
import { classes } from './sections/classes.ts'
import { comparisons } from './sections/comparisons.ts'
import { confusion } from './sections/confusion.ts'
import { classCurves, tumourCurves } from './sections/curves.ts'
import { missed, worst } from './sections/lists.ts'
import { methods } from './sections/methods.ts'
import { shortcuts } from './sections/shortcuts.ts'
import { sources } from './sections/sources.ts'
import { summary } from './sections/summary.ts'
import { tumourTable } from './sections/tumour.ts'

/** A page that stands alone: everything that was measured, as tables and charts, ready for screen and paper. */
export function reportHtml(report: EvaluationReport, pictures: Pictures = {}): string {
  const { title, date, columns, tumourColumns, notes, shortcuts: found } = evaluationReportSchema.parse(report)
  const all = [...columns, ...tumourColumns]
  const body = html`${notes.map((note) => html`<p>${note}</p>`)}
${summary(columns, tumourColumns)}
${sources(all)}
<h2 id="tumour">Tumour against none</h2>
${tumourTable('Tumour of any kind against none', columns)}
${tumourColumns.length > 0 && tumourTable('Other sequences and scanners: tumour of any kind against none', tumourColumns)}
${tumourCurves(columns)}
${missed(all, pictures)}
${confusion(columns)}${classes(columns)}${classCurves(columns)}${calibration(columns)}${abstaining(columns)}
${shortcuts(found)}${worst(columns, pictures)}${comparisons(columns)}${methods}`
  return page(title, date, body)
}
