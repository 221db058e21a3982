import type { CardResult, ModelCard } from '../../../../shared/model.ts'

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const count = (n: number) => n.toLocaleString('en-GB')

/** A model's first result and its sensitivity elsewhere, each with what it was measured on and when. */
export function figuresOf({ results, tumourSensitivity }: ModelCard): string[] {
  const elsewhere = tumourSensitivity.map(({ name, n, sensitivity, date }) => {
    return `${name}: ${percent(sensitivity)} of ${count(n)} (${date}).`
  })
  return [...results.slice(0, 1).map(resultLine), ...elsewhere.slice(0, 2)]
}

function resultLine({ name, data, n, accuracy, macroRecall, intervals, tumourCalledNone, date }: CardResult): string {
  const range = intervals.accuracy ? ` (${intervals.accuracy.map(percent).join('–')})` : ''
  const missed = tumourCalledNone
    ? `; tumours called “no tumour”: ${tumourCalledNone.n} of ${count(tumourCalledNone.of)}`
    : ''
  return `${name} (${data}; ${count(n)} images; ${date}): accuracy ${percent(accuracy)}${range}, macro recall ${percent(macroRecall)}${missed}.`
}
