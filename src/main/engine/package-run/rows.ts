import type { Column, EvaluationReport, TumourColumn } from '../../../shared/evaluation-report.ts'
import type { CardResult, ModelCard } from '../../../shared/model.ts'
import type { ModelShortcuts } from '../../../shared/shortcuts.ts'
import { recallIntervals } from '../evaluate/recall-intervals.ts'

/** Columns of a report as rows of a card. */
export const resultsOf = ({ columns }: EvaluationReport): CardResult[] => columns.map(resultOf)

function resultOf({ title, data, splitRule, date, evaluation }: Column): CardResult {
  const { n, accuracy, macroRecall, recall, intervals, tumourCalledNone, noneCalledTumour, ece } = evaluation
  const interval = (name: string) => {
    const [low, high] = intervals[name] ?? []
    return low === undefined || high === undefined ? null : ([round(low), round(high)] as [number, number])
  }
  return {
    name: title,
    data,
    splitRule,
    n,
    accuracy: round(accuracy ?? 0),
    macroRecall: round(macroRecall ?? 0),
    recall: Object.fromEntries(
      Object.entries(recall).map(([label, value]) => [label, value === null ? null : round(value)]),
    ) as CardResult['recall'],
    intervals: {
      accuracy: interval('accuracy'),
      macroRecall: interval('macroRecall'),
      recall: recallIntervals(evaluation),
    },
    tumourCalledNone: { n: tumourCalledNone.n, of: tumourCalledNone.of },
    noneCalledTumour: { n: noneCalledTumour.n, of: noneCalledTumour.of },
    ece: round(ece),
    date,
  }
}

export const sensitivitiesOf = ({ tumourColumns }: EvaluationReport): ModelCard['tumourSensitivity'] =>
  tumourColumns.map(sensitivityOf)

function sensitivityOf({ title, data, date, evaluation }: TumourColumn): ModelCard['tumourSensitivity'][number] {
  const { share, groupMean } = evaluation.tumourCalledNone
  return {
    name: `${title} not called “no tumour”`,
    data,
    n: evaluation.n,
    sensitivity: round(1 - (share ?? 0)),
    groupMean: groupMean === null ? null : round(1 - groupMean),
    date,
  }
}

/** What the search for shortcuts found, as accuracies that should be low and such that should fall. */
export function shortcutsOf(found: ModelShortcuts | null): ModelCard['shortcuts'] {
  const { traits, headHidden, tumourHidden } = found ?? {}
  const row = (name: string, of: { accuracy: number | null; n: number }, at: { data: string; date: string }) => ({
    name,
    value: round(of.accuracy ?? 0),
    n: of.n,
    data: at.data,
    date: at.date,
  })
  return [
    ...(traits
      ? [row('Accuracy of borders, greys and file traits alone, without anatomy', traits.traits, traits)]
      : []),
    ...(headHidden
      ? [row('Accuracy of this model with the head hidden (should be near chance)', headHidden.hidden, headHidden)]
      : []),
    ...(tumourHidden
      ? [
          row('Accuracy on boxed tumours as they are', tumourHidden.whole, tumourHidden),
          row('… with the tumour hidden (should fall)', tumourHidden.tumourHidden, tumourHidden),
          row('… with as much hidden elsewhere', tumourHidden.elsewhereHidden, tumourHidden),
        ]
      : []),
  ]
}

/** Fine enough to be rounded once more where it is shown. */
const round = (share: number) => Math.round(share * 1e6) / 1e6
