import { Command, InvalidArgumentError, Option } from 'commander'
import type { LabelMap } from '../../shared/dataset.ts'
import { chooseDataDir, forkTaskEngine, openRecord } from '../compose.ts'
import { checkDatasetName, Datasets, type ImportSource } from '../core/datasets/index.ts'
import { followOnTerminal } from './follow.ts'
import { formatEntry, formatImported, formatSet } from './frozen-format.ts'
import { resolveSet, withCatalogue } from './resolve-set.ts'
import { ANY_SET, dataDirOption, mapOption, patientsOption } from './set-options.ts'
import { mayRead, whoMay } from './who.ts'

export const importCommand = () =>
  new Command('import')
    .description('Copy a labelled set into the data folder and freeze it, so that it can be used and named later.')
    .argument('[set]', ANY_SET)
    .option('--signed', 'the signed cases of the work list, where their reader agreed or disagreed, instead of files')
    .addOption(
      new Option('--since <date>', 'with --signed: only what was signed on this day (UTC) or later').argParser(toDay),
    )
    .requiredOption('--name <name>', 'what it will be called; the same name again makes the next version')
    .addOption(patientsOption())
    .addOption(mapOption())
    .addOption(dataDirOption())
    .option('--json', 'one JSON object')
    .action(importSet)

export const listCommand = () =>
  new Command('list')
    .description('List the imported sets with all their versions.')
    .addOption(dataDirOption())
    .option('--json', 'one JSON object a line')
    .action(listSets)

export const showCommand = () =>
  new Command('show')
    .description('Say what an imported set is.')
    .argument('<name>', 'NAME, or NAME@VERSION for another version than the newest')
    .addOption(dataDirOption())
    .option('--json', 'one JSON object')
    .action(showSet)

interface ImportArguments {
  signed?: boolean
  since?: string
  name: string
  patients?: string
  map: LabelMap
  dataDir?: string
  json?: boolean
}

async function importSet(path: string | undefined, options: ImportArguments, command: Command): Promise<void> {
  const { name, dataDir, json } = options
  checkDatasetName(name)
  const source = await toSource(path, options, command)
  const record = await openRecord(chooseDataDir(dataDir))
  try {
    const datasets = new Datasets({ ...record, startEngine: forkTaskEngine })
    const by = await whoMay(record.store, 'administer', 'dataset import')
    const imported = await followOnTerminal((following) => datasets.import({ name, source, by }, following))
    const { created, set } = imported
    console.log(json ? JSON.stringify({ created, ...set }) : formatImported(imported))
  } finally {
    await record.close()
  }
}

async function toSource(path: string | undefined, options: ImportArguments, command: Command): Promise<ImportSource> {
  const { signed, since, patients, map, dataDir } = options
  if (signed) {
    if (path !== undefined || patients !== undefined || Object.keys(map).length > 0) {
      command.error('error: --signed takes the cases of the work list, and neither a set nor --patients nor --map')
    }
    return { kind: 'signed', since: since ?? null }
  }
  if (path === undefined) command.error('error: name a folder or a CSV table to import, or give --signed')
  if (since !== undefined) command.error('error: --since goes with --signed only')
  return { kind: 'files', path: await resolveSet(path, dataDir), patients: patients ?? null, map }
}

async function listSets({ dataDir, json }: { dataDir?: string; json?: boolean }): Promise<void> {
  await mayRead(dataDir, 'dataset list')
  const sets = await withCatalogue(dataDir, (catalogue) => catalogue.list())
  for (const { manifestSha256: _, ...set } of sets) console.log(json ? JSON.stringify(set) : formatEntry(set))
  if (sets.length === 0 && !json) console.error('No data set was imported yet.')
}

async function showSet(text: string, { dataDir, json }: { dataDir?: string; json?: boolean }): Promise<void> {
  await mayRead(dataDir, 'dataset show')
  const set = await withCatalogue(dataDir, async (catalogue) => catalogue.summary(await catalogue.named(text)))
  console.log(json ? JSON.stringify(set) : formatSet(set))
}

function toDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`)
  const valid = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
  if (!valid) throw new InvalidArgumentError('It is a day like 2026-11-24.')
  return text
}
