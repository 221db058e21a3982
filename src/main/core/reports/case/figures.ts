import type { CardResult, ModelCard } from '../../../../shared/model.ts'
import type { Words } from '../words.ts'

/** A model's first result and its sensitivity elsewhere, each with what it was measured on and when. */
export function figuresOf({ results, tumourSensitivity }: ModelCard, words: Words): string[] {
  const { sensitivity: line } = words.texts.case.opinion
  const elsewhere = tumourSensitivity.map(({ name, n, sensitivity, date }) =>
    line(words.sentence(name), sensitivity, n, date),
  )
  return [...results.slice(0, 1).map((result) => resultLine(result, words)), ...elsewhere.slice(0, 2)]
}

function resultLine(result: CardResult, { numbers, sentence, texts }: Words): string {
  const { name, data, n, accuracy, macroRecall, intervals, tumourCalledNone, date } = result
  const said = texts.case.opinion
  const ends = intervals.accuracy?.map((end) => numbers.percent(end, 1))
  const missed = tumourCalledNone ? `; ${said.missed(tumourCalledNone.n, tumourCalledNone.of)}` : ''
  const figures = [said.accuracy(accuracy, ends ? ` (${ends.join('–')})` : ''), said.macroRecall(macroRecall)]
  return `${said.result(sentence(name), data, n, date)}: ${figures.join(', ')}${missed}.`
}
