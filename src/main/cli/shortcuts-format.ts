import type { ModelShortcuts, Score } from '../../shared/shortcuts.ts'

const FIRST = 46

/** What an evaluation found of shortcuts, for people. */
export function formatShortcuts(found: ModelShortcuts): string[] {
  const { traits, headHidden, tumourHidden, otherTumours } = found
  const lines = [`Shortcuts: ${found.model}, weights ${found.weightsSha256[0]?.slice(0, 12)}`]
  if (traits) {
    const { accuracy, macroRecall } = traits.chance
    lines.push(...source(traits, traits.model.n), line('the model', traits.model))
    lines.push(line('borders, greys, sharpness, file traits alone', traits.traits))
    lines.push(`${'  chance'.padEnd(FIRST)} accuracy ${percent(accuracy)}, macro recall ${percent(macroRecall)}`)
  }
  if (headHidden) lines.push(line('the model, head hidden', headHidden.hidden))
  if (tumourHidden) {
    lines.push(...source(tumourHidden, tumourHidden.whole.n), line('the model', tumourHidden.whole))
    lines.push(line('tumour hidden', tumourHidden.tumourHidden))
    lines.push(line('as much hidden elsewhere in the head', tumourHidden.elsewhereHidden))
  }
  for (const other of otherTumours) {
    const groups = other.groupMean === null ? '' : `, mean over ${other.groups} groups ${percent(other.groupMean)}`
    lines.push(...source(other, other.n), `  not called “no tumour”: ${percent(other.sensitivity)}${groups}`)
  }
  return lines
}

type Part = { data: string; dataSha256: string | null; date: string }

const source = ({ data, dataSha256, date }: Part, n: number) => [
  `${data}, n = ${n.toLocaleString('en')}, set ${dataSha256?.slice(0, 12) ?? 'unknown'}; ${date}`,
]

const line = (name: string, { accuracy, macroRecall, tumourCalledNone }: Score) =>
  `  ${name}`.padEnd(FIRST) +
  ` accuracy ${percent(accuracy)}, macro recall ${percent(macroRecall)}, tumours called none ${percent(tumourCalledNone)}`

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`)
