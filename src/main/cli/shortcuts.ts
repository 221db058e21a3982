import { Command } from 'commander'
import { LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import { type Score, TRAIT_NAMES, TRAITS, type TraitAudit } from '../../shared/shortcuts.ts'
import { forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { followOnTerminal } from './follow.ts'
import { ANY_SET, dataDirOption, mapOption, patientsOption, type SetOptions, sourceOf } from './set-options.ts'

/** Traits that are listed one by one. */
const LISTED = 5

export const shortcutsCommand = () =>
  new Command('shortcuts')
    .description(
      'How far classes can be told apart by borders, sharpness, greys and file traits alone, without anatomy.',
    )
    .argument('<set>', ANY_SET)
    .addOption(patientsOption())
    .addOption(mapOption())
    .addOption(dataDirOption())
    .option('--json', 'one JSON object')
    .action(shortcuts)

async function shortcuts(set: string, { json, ...options }: SetOptions & { json?: boolean }): Promise<void> {
  const source = await sourceOf(set, options)
  const found = await followOnTerminal((following) => runTask(forkTaskEngine, 'audit-shortcuts', source, following))
  console.log(json ? JSON.stringify(found) : formatTraitAudit(found))
}

const percent = (share: number | null) => (share === null ? 'none there' : `${(share * 100).toFixed(1)} %`)

const withInterval = (score: Score, name: 'accuracy' | 'macroRecall') => {
  const [low, high] = score.intervals[name] ?? []
  const range = low === undefined || high === undefined ? '' : ` (95 %: ${percent(low)} to ${percent(high)})`
  return `${percent(score[name])}${range}`
}

export function formatTraitAudit({ data, dataSha256, date, unreadable, ...audit }: TraitAudit): string {
  const { score, chance, splitRule, single, tumourAuroc } = audit
  return [
    `${data}: ${score.n.toLocaleString('en')} images (${unreadable} unreadable), set ${dataSha256?.slice(0, 12) ?? ''}, ${date}`,
    `A classifier of ${TRAITS.length} traits that show no anatomy, fitted and asked in ${splitRule}:`,
    `  Accuracy      ${withInterval(score, 'accuracy')}; the most frequent class: ${percent(chance.accuracy)}`,
    `  Macro recall  ${withInterval(score, 'macroRecall')}; chance: ${percent(chance.macroRecall)}`,
    ...LABELS.map((label) => `    ${LABEL_NAMES[label].padEnd(16)} ${percent(score.recall[label])}`),
    ...(tumourAuroc === null ? [] : [`  Tumour against none: AUROC ${tumourAuroc.toFixed(3)}; strongest alone:`]),
    ...single
      .slice(0, LISTED)
      .map(({ trait, tumourAuroc: area }) => `    ${TRAIT_NAMES[trait].padEnd(28)} ${area.toFixed(3)}`),
    '',
    verdict(audit),
  ].join('\n')
}

/** What the figures mean, in a sentence that does not promise more than was looked for. */
function verdict({ score, chance }: Pick<TraitAudit, 'score' | 'chance'>): string {
  const [low] = score.intervals.macroRecall ?? []
  if (low !== undefined && low > chance.macroRecall)
    return 'A model can be right on this set without seeing a tumour. Compare it with these figures, and try it on other sources.'
  return 'These traits alone do not tell the classes apart. That others do is not ruled out.'
}
