import { Command, InvalidArgumentError, Option } from 'commander'
import { type DatasetSource, SPLIT_RULES, type SplitOptions, type SplitRule } from '../../shared/dataset.ts'
import { forkEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { formatAudit, formatSplit } from './dataset-format.ts'
import { followOnTerminal } from './follow.ts'
import { shortcutsCommand } from './shortcuts.ts'

const SET = 'a folder with one folder a class, below Training and Testing or at its top; or a CSV table file,class'
const PATIENTS = 'a CSV table file,patient: whose images they are'

export const datasetCommand = () =>
  new Command('dataset')
    .description('Look at labelled sets of images.')
    .addCommand(auditCommand().exitOverride())
    .addCommand(splitCommand().exitOverride())
    .addCommand(shortcutsCommand().exitOverride())

const auditCommand = () =>
  new Command('audit')
    .description('Count copies, also mirrored or turned ones, and patients that are on both sides of a split.')
    .argument('<set>', SET)
    .option('--patients <csv>', PATIENTS)
    .option('--json', 'one JSON object with all pairs and groups')
    .action(audit)

const splitCommand = () =>
  new Command('split')
    .description('Split a set anew, and print it as a CSV table.')
    .argument('<set>', SET)
    .addOption(new Option('--by <rule>', 'what is kept on one side').choices(SPLIT_RULES).default('group'))
    .option('--patients <csv>', PATIENTS)
    .option('--validation <share>', 'share of the images for validation', toShare, 0.1)
    .option('--testing <share>', 'share of the images for testing', toShare, 0.2)
    .option('--seed <number>', 'the same seed gives the same split', toSeed, 1)
    .option('--json', 'one JSON object')
    .action(split)

async function audit(path: string, options: { patients?: string; json?: boolean }): Promise<void> {
  const found = await followOnTerminal((following) =>
    runTask(forkEngine, 'audit-dataset', sourceOf(path, options.patients), following),
  )
  console.log(options.json ? JSON.stringify(found) : formatAudit(found))
}

interface SplitArguments extends Omit<SplitOptions, 'rule'> {
  by: SplitRule
  patients?: string
  json?: boolean
}

async function split(path: string, { by, patients, json, ...options }: SplitArguments): Promise<void> {
  const input = { source: sourceOf(path, patients), options: { ...options, rule: by } }
  const found = await followOnTerminal((following) => runTask(forkEngine, 'split-dataset', input, following))
  if (found.leaks) console.error('Warning: at random, copies of test images and their patients end up in training.')
  console.log(json ? JSON.stringify(found) : formatSplit(found))
}

const sourceOf = (path: string, patients?: string): DatasetSource =>
  patients === undefined ? { path } : { path, patients }

function toShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share < 1)) throw new InvalidArgumentError('A share is from 0 to below 1.')
  return share
}

function toSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number of at most nine digits.')
  return Number(text)
}
