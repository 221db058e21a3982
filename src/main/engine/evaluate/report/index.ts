import { type EvaluationReport, evaluationReportSchema } from '../../../../shared/evaluation-report.ts'
import { BANNER } from '../../../../shared/labels.ts'
import { html } from './html.ts'
import { abstaining } from './sections/abstaining.ts'
import { calibration } from './sections/calibration.ts'
import { classes } from './sections/classes.ts'
import { comparisons } from './sections/comparisons.ts'
import { confusion } from './sections/confusion.ts'
import { classCurves, tumourCurves } from './sections/curves.ts'
import { missed, type Pictures, worst } from './sections/lists.ts'
import { methods } from './sections/methods.ts'
import { shortcuts } from './sections/shortcuts.ts'
import { sources } from './sections/sources.ts'
import { summary } from './sections/summary.ts'
import { tumourTable } from './sections/tumour.ts'
import { STYLE } from './style.ts'

/** Nothing is fetched and no script runs, whoever opens the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** A page that stands alone: everything that was measured, as tables and charts, ready for screen and paper. */
export function reportHtml(report: EvaluationReport, pictures: Pictures = {}): string {
  const { title, date, columns, tumourColumns, notes, shortcuts: found } = evaluationReportSchema.parse(report)
  const all = [...columns, ...tumourColumns]
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>${STYLE}</head><body>
<header class="banner">${BANNER}</header><main><h1>${title}</h1><p class="muted">${date}</p>
${notes.map((note) => html`<p>${note}</p>`)}
${summary(columns, tumourColumns)}
${sources(all)}
<h2 id="tumour">Tumour against none</h2>
${tumourTable('Tumour of any kind against none', columns)}
${tumourColumns.length > 0 && tumourTable('Other sequences and scanners: tumour of any kind against none', tumourColumns)}
${tumourCurves(columns)}
${missed(all, pictures)}
${confusion(columns)}${classes(columns)}${classCurves(columns)}${calibration(columns)}${abstaining(columns)}
${shortcuts(found)}${worst(columns, pictures)}${comparisons(columns)}${methods}
</main></body></html>`
  return page.text
}
