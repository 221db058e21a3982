import { type Html, html } from '../html.ts'

const METHODS = [
  [
    'Recall, precision, specificity, F1',
    'Each class against the others; macro: mean over classes that have images (Sokolova & Lapalme 2009).',
  ],
  [
    'Intervals',
    'Percentile bootstrap (Efron & Tibshirani 1993); where patients or groups are known, whole groups are drawn (Field & Welsh 2007). They tell of chance in which patients or images were measured, not of chance in training. Where all resamples agree, none is shown. Intervals are not corrected for their number.',
  ],
  [
    'AUROC',
    'Mann–Whitney statistic, ties half (Hanley & McNeil 1982). With folds pooled it also compares scores of different models.',
  ],
  [
    'Average precision',
    'Σ (Rᵢ − Rᵢ₋₁) Pᵢ, not interpolated (Davis & Goadrich 2006). It depends on how frequent the class is.',
  ],
  [
    'Calibration',
    'Expected calibration error (Naeini et al. 2015; Guo et al. 2017); equal counts (Nguyen & O’Connor 2015); Brier (1950) over all classes; temperature scaling (Guo et al. 2017).',
  ],
  [
    'Risk and coverage',
    'Errors among the most confident images; AURC is their mean over all coverages (Geifman et al. 2019).',
  ],
  [
    'Conformal sets',
    'Class-conditional split conformal prediction with the finite-sample correction (Vovk et al. 2005; Sadinle et al. 2019).',
  ],
  ['Comparison', 'McNemar’s test, exact; paired bootstrap of the difference.'],
] as const

/** How the numbers were made. */
export const methods: Html = html`<h2 id="methods">Methods</h2><figure><table><tbody>
${METHODS.map(([name, text]) => html`<tr><th scope="row">${name}</th><td>${text}</td></tr>`)}</tbody></table></figure>`
