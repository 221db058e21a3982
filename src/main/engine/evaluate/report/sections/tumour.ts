import { asked, NOTHING, threshold, whole } from '../../../../../shared/figure-format.ts'
import type { Count, Operating, TumourEvaluation } from '../../../../../shared/tumour-evaluation.ts'
import { DAGGER, decimalCell, numberCell, shareCell } from '../cell.ts'
import { figure, headings, type Measured } from '../figure.ts'
import { type Html, html } from '../html.ts'

export type TumourMeasured = Measured & { evaluation: TumourEvaluation }

type Value = (e: TumourEvaluation) => number | null
type Cell = (e: TumourEvaluation) => Html

const NAMES = {
  tumourCalledNone: 'Tumours called “no tumour”',
  noneCalledTumour: 'No tumour called a tumour',
  tumourSetOnlyNone: 'Tumours whose conformal set is “no tumour” alone',
} as const

const NOTE =
  'Tumour probability: 1 − p(no tumour). A threshold set on validation images tells what would have happened; one set on the measured images themselves tells what the order of the probabilities allows, and is optimistic.'

/** Tumour of any kind against none, for the sets of images side by side. Rows that no set can fill are left out. */
export function tumourTable(title: string, columns: TumourMeasured[]): Html {
  const evaluations = columns.map(({ evaluation }) => evaluation)
  const rows = (entries: [name: string, value: Value, cell: Cell][]) =>
    entries.map(
      ([name, value, cell]) =>
        evaluations.some((e) => value(e) !== null) &&
        html`<tr><th scope="row">${name}</th>${evaluations.map(cell)}</tr>`,
    )
  const body = html`<table><thead>${headings('', columns)}</thead><tbody>
${rows(Object.entries(NAMES).flatMap(([name, text]) => countRows(name as keyof typeof NAMES, text)))}
${rows([
  ['AUROC', (e) => e.tumourAuroc, (e) => decimalCell(e.tumourAuroc, e.intervals.tumourAuroc)],
  ['Average precision (AUPRC)', (e) => e.tumourAuprc, (e) => decimalCell(e.tumourAuprc, e.intervals.tumourAuprc)],
])}
${rows(operatingRows(evaluations))}</tbody></table>`
  return figure(title, body, columns, `${DAGGER} ${NOTE}`)
}

function countRows(name: keyof typeof NAMES, text: string): [string, Value, Cell][] {
  const share: Value = (e) => e[name]?.share ?? null
  const mean: Value = (e) => e[name]?.groupMean ?? null
  const images = (count: Count | null) => (count ? `${whole(count.n)} of ${whole(count.of)}` : NOTHING)
  return [
    [text, share, (e) => shareCell(share(e), e, name)],
    ['… images', share, (e) => numberCell(images(e[name]))],
    ['… mean over patients or groups', mean, (e) => shareCell(mean(e), e, `${name}.groupMean`)],
  ]
}

/** One row a wanted specificity or sensitivity; which are told, the first evaluation says that has them. */
function operatingRows(evaluations: TumourEvaluation[]): [string, Value, Cell][] {
  const at = (list: Operating[] | null, wanted: number) => list?.find((point) => point.wanted === wanted)
  const row = (text: string, name: string, value: Value): [string, Value, Cell] => [
    text,
    value,
    (e) => shareCell(value(e), e, name),
  ]
  const [first] = evaluations
  const limited = evaluations.find(({ atValidationThreshold }) => atValidationThreshold)
  const set = (limited?.atValidationThreshold ?? []).flatMap(({ wanted }): [string, Value, Cell][] => {
    const name = `atValidationThreshold.${wanted}`
    const point = (e: TumourEvaluation) => at(e.atValidationThreshold, wanted)
    const text = `Sensitivity, threshold for ${asked(wanted)} specificity set on validation`
    const thresholds: Cell = (e) => numberCell(point(e)?.thresholds.map(threshold).join(', ') || NOTHING)
    return [
      row(text, `${name}.sensitivity`, (e) => point(e)?.sensitivity ?? null),
      row('… specificity that it gave', `${name}.specificity`, (e) => point(e)?.specificity ?? null),
      ['… threshold on 1 − p(no tumour), one a fold', (e) => point(e)?.thresholds.length ?? null, thresholds],
    ]
  })
  const here = (list: 'sensitivityAtSpecificity' | 'specificityAtSensitivity', side: 'sensitivity' | 'specificity') =>
    (first?.[list] ?? []).map(({ wanted }) => {
      const other = side === 'sensitivity' ? 'specificity' : 'sensitivity'
      const text = `${side === 'sensitivity' ? 'Sensitivity' : 'Specificity'} at ${asked(wanted)} ${other}, set on these images`
      return row(text, `${list}.${wanted}`, (e) => at(e[list], wanted)?.[side] ?? null)
    })
  return [
    ...set,
    ...here('sensitivityAtSpecificity', 'sensitivity'),
    ...here('specificityAtSensitivity', 'specificity'),
  ]
}
