import { CARD_ITEM_NAMES, CARD_ITEMS } from '../../shared/card-items.ts'
import { LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import type { ModelCard } from '../../shared/model.ts'

const NOT_MEASURED = 'not measured'
const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
const ranged = (share: number | null, range: [number, number] | null | undefined) =>
  range ? `${percent(share)} (${range.map((end) => (100 * end).toFixed(1)).join('–')})` : percent(share)

/** Recall of each class with its interval, what was found of shortcuts, and what people say of the model. */
export function formatCardMore(card: ModelCard): string[] {
  return [
    ...card.results.map(
      ({ name, recall, intervals }) =>
        `${name}, recall: ${LABELS.map((label) => `${LABEL_NAMES[label]} ${ranged(recall[label], intervals.recall?.[label])}`).join(', ')}`,
    ),
    ...(card.tumourSensitivity.length === 0 ? [`Tumours in other sequences: ${NOT_MEASURED}`] : []),
    'What it is right about without seeing the tumour:',
    ...(card.shortcuts.length === 0 ? [`  ${NOT_MEASURED}`] : []),
    ...card.shortcuts.map((shortcut) => `  ${shortcut.name}: ${measured(shortcut)}`),
    ...CARD_ITEMS.map((item) => `${CARD_ITEM_NAMES[item]}: ${card[item] ?? 'not stated'}`),
  ]
}

interface Measured {
  value: number
  n: number
  date: string
}

const measured = ({ value, n, date }: Measured): string => `${percent(value)} (n = ${n}, ${date})`

/** Tumours in other sequences and shortcuts of two models, beside each other. */
export function formatShortcutsBeside(first: ModelCard | null, second: ModelCard | null): string[] {
  const [one, two] = [measuredOf(first), measuredOf(second)]
  const names = new Set([...one.keys(), ...two.keys()])
  if (names.size === 0) return [`Shortcuts and tumours in other sequences: ${NOT_MEASURED} of either.`]
  const cell = (of: ReadonlyMap<string, string>, name: string) => of.get(name) ?? NOT_MEASURED
  return [
    'Shortcuts and tumours in other sequences, the first model and the second:',
    ...[...names].map((name) => `  ${name}: ${cell(one, name)} | ${cell(two, name)}`),
  ]
}

/** By one name each, whatever the card calls it: models are compared by what was measured. */
function measuredOf(card: ModelCard | null): Map<string, string> {
  const sensitivity = (card?.tumourSensitivity ?? []).map(
    ({ sensitivity: value, n, date }) =>
      ['Tumours in other sequences not called “no tumour”', measured({ value, n, date })] as const,
  )
  const shortcuts = (card?.shortcuts ?? []).map((shortcut) => [shortcut.name, measured(shortcut)] as const)
  return new Map([...sensitivity.slice(0, 1), ...shortcuts])
}
