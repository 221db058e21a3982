import { Command, InvalidArgumentError, Option } from 'commander'
import {
  type DatasetAudit,
  type DatasetSource,
  SPLIT_RULES,
  type SplitOptions,
  type SplitRule,
} from '../../shared/dataset.ts'
import { forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { formatAudit, formatSplit } from './dataset-format.ts'
import { importCommand, listCommand, showCommand } from './dataset-import.ts'
import { followOnTerminal } from './follow.ts'
import { ANY_SET, dataDirOption, mapOption, patientsOption, type SetOptions, sourceOf } from './set-options.ts'
import { shortcutsCommand } from './shortcuts.ts'
import { writePage } from './write-page.ts'

export const datasetCommand = () =>
  new Command('dataset')
    .description('Look at labelled sets of images, and import them.')
    .addCommand(auditCommand().exitOverride())
    .addCommand(splitCommand().exitOverride())
    .addCommand(shortcutsCommand().exitOverride())
    .addCommand(importCommand().exitOverride())
    .addCommand(listCommand().exitOverride())
    .addCommand(showCommand().exitOverride())

const auditCommand = () =>
  new Command('audit')
    .description('Count copies, also mirrored or turned ones, and patients that are on both sides of a split.')
    .argument('<set>', ANY_SET)
    .addOption(patientsOption())
    .addOption(mapOption())
    .addOption(dataDirOption())
    .option('--json', 'one JSON object with all pairs and groups')
    .option('--html <file>', 'write a page that shows the copies across the split side by side')
    .action(audit)

const splitCommand = () =>
  new Command('split')
    .description('Split a set anew, and print it as a CSV table.')
    .argument('<set>', ANY_SET)
    .addOption(new Option('--by <rule>', 'what is kept on one side').choices(SPLIT_RULES).default('group'))
    .addOption(patientsOption())
    .addOption(mapOption())
    .addOption(dataDirOption())
    .option('--validation <share>', 'share of the images for validation', toShare, 0.1)
    .option('--testing <share>', 'share of the images for testing', toShare, 0.2)
    .option('--seed <number>', 'the same seed gives the same split', toSeed, 1)
    .option('--json', 'one JSON object')
    .action(split)

interface AuditArguments extends SetOptions {
  json?: boolean
  html?: string
}

async function audit(set: string, { json, html, ...options }: AuditArguments): Promise<void> {
  const source = await sourceOf(set, options)
  const found = html === undefined ? await auditOf(source) : await auditWithPage(source, html)
  console.log(json ? JSON.stringify(found) : formatAudit(found))
}

const auditOf = (source: DatasetSource): Promise<DatasetAudit> =>
  followOnTerminal((following) => runTask(forkTaskEngine, 'audit-dataset', source, following))

async function auditWithPage(source: DatasetSource, path: string): Promise<DatasetAudit> {
  const { audit, html } = await followOnTerminal((following) =>
    runTask(forkTaskEngine, 'audit-dataset-page', source, following),
  )
  await writePage(path, html)
  return audit
}

interface SplitArguments extends SetOptions, Omit<SplitOptions, 'rule'> {
  by: SplitRule
  json?: boolean
}

async function split(set: string, { by: rule, json, ...options }: SplitArguments): Promise<void> {
  const source = await sourceOf(set, options)
  const { validation, testing, seed } = options
  const input = { source, options: { rule, validation, testing, seed } }
  const found = await followOnTerminal((following) => runTask(forkTaskEngine, 'split-dataset', input, following))
  if (found.leaks) console.error('Warning: at random, copies of test images and their patients end up in training.')
  console.log(json ? JSON.stringify(found) : formatSplit(found))
}

function toShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share < 1)) throw new InvalidArgumentError('A share is from 0 to below 1.')
  return share
}

function toSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number of at most nine digits.')
  return Number(text)
}
