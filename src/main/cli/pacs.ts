import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import {
  type DimseSettings,
  dimseSettingsSchema,
  type KnownPacs,
  type StudyQuery,
  studyQuerySchema,
} from '../../shared/pacs.ts'
import { chooseDataDir, openLog, openRecord } from '../compose.ts'
import { PacsQuestions } from '../core/pacs/questions.ts'
import { forkPacs } from '../fork-engine.ts'
import { dataCommand } from './data-command.ts'
import { formatImage, formatPacs, formatSeries, formatStudy, formatTest } from './pacs-format.ts'
import { getCommand } from './pacs-get.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

type Address = Pick<DimseSettings, 'calledAe' | 'host' | 'port'>

interface AddOptions extends Options {
  callingAe: string
  by: 'get' | 'move'
  wait: number
  tls?: boolean
  ca?: string
  check: DimseSettings['tls']['check']
  certificate?: string
  key?: string
}

interface FindOptions extends Options {
  name?: string
  id?: string
  accession?: string
  from?: string
  to?: string
  modality: string
  description?: string
  study?: string
  series?: string
}

export const pacsCommand = () =>
  new Command('pacs')
    .description('Connections to PACS: search them, retrieve from them.')
    .addCommand(dataCommand('list', 'How they are set.').action(list))
    .addCommand(
      dataCommand('add', 'Set up a connection, or another one in place of that name.')
        .argument('<name>', 'what it is to be called')
        .argument('<address>', 'TITLE@host:port, e.g. PACS@10.1.2.3:104', addressOf)
        .option('--calling-ae <title>', 'what Gyrus calls itself', 'GYRUS')
        .addOption(new Option('--by <way>', 'how it sends').choices(['get', 'move']).default('get'))
        .addOption(new Option('--wait <seconds>', 'without a sign of it').argParser(Number).default(60))
        .option('--tls', 'encrypt the connection')
        .option('--ca <file>', 'certificate that signed its own, PEM')
        .addOption(
          new Option('--check <what>', 'of its certificate').choices(['host', 'chain', 'nothing']).default('host'),
        )
        .option('--certificate <file>', 'of Gyrus, for a PACS that asks for one, PEM')
        .option('--key <file>', 'private key of that, PEM')
        .addHelpText('after', '\nFor administrators. Close the app first.')
        .action(add),
    )
    .addCommand(dataCommand('test', 'Ask whether it answers, and what it offers.').argument('<name>').action(test))
    .addCommand(
      dataCommand('find', 'Search for studies; with --study for its series, with --series too for its images.')
        .argument('<name>')
        .option('--name <name>', 'of the patient, from its beginning')
        .option('--id <id>', 'of the patient')
        .option('--accession <number>')
        .option('--from <day>', 'study date, YYYY-MM-DD')
        .option('--to <day>', 'the last day')
        .option('--modality <modality>', 'of a series in it; "" for any', 'MR')
        .option('--description <words>', 'of the study')
        .option('--study <uid>')
        .option('--series <uid>')
        .action(find),
    )
    .addCommand(getCommand())

async function list(options: Options): Promise<void> {
  await mayRead(options.dataDir, 'pacs list', 'oversee')
  const record = await openLog(chooseDataDir(options.dataDir))
  try {
    const known = await record.store.allPacs()
    if (options.json) return console.log(JSON.stringify({ pacs: known }))
    console.log(known.length === 0 ? 'No PACS is set up.' : known.map(formatPacs).join('\n'))
  } finally {
    await record.close()
  }
}

async function add(name: string, address: Address, options: AddOptions): Promise<void> {
  const file = async (path: string | undefined) => (path === undefined ? '' : readFile(path, 'utf8'))
  const [ca, certificate, key] = [await file(options.ca), await file(options.certificate), await file(options.key)]
  const { success, data, error } = dimseSettingsSchema.safeParse({
    ...{ kind: 'dimse', name, on: true, ...address, callingAe: options.callingAe, retrieveBy: options.by },
    waitSeconds: options.wait,
    tls: { on: options.tls === true, check: options.check, ca, certificate },
  })
  if (!success) throw new GyrusError('request-invalid', { reason: error.issues[0]?.message ?? '' })
  const record = await openRecord(chooseDataDir(options.dataDir))
  try {
    const by = await whoMay(record.store, 'administer', 'pacs add')
    const before = byName(await record.store.allPacs(), name)
    const change = { id: before?.id ?? randomUUID(), settings: data, ...(key !== '' && { secret: key }) }
    await record.store.setPacs(change, by)
    console.log(options.json ? JSON.stringify({ id: change.id }) : `${name} is set.`)
  } finally {
    await record.close()
  }
}

const test = (name: string, options: Options) =>
  asking('pacs test', 'administer', name, options, async (questions, id, by) => {
    const answer = await questions.test(id, by)
    console.log(options.json ? JSON.stringify(answer) : formatTest(answer))
  })

const find = (name: string, options: FindOptions) =>
  asking('pacs find', 'review', name, options, async (questions, id, by) => {
    const { study, series, json } = options
    if (study !== undefined && series !== undefined) {
      const images = await questions.images(id, study, series)
      return console.log(json ? JSON.stringify({ images }) : images.map(formatImage).join('\n'))
    }
    if (study !== undefined) {
      const found = await questions.series(id, study)
      return console.log(json ? JSON.stringify({ series: found }) : found.map(formatSeries).join('\n'))
    }
    const found = await questions.find(id, queryOf(options), by)
    if (json) return console.log(JSON.stringify(found))
    console.log(found.studies.length === 0 ? 'No such study.' : found.studies.map(formatStudy).join('\n'))
    if (found.more) console.error('There are more: narrow the search.')
  })

async function asking(
  command: string,
  right: 'administer' | 'review',
  name: string,
  options: Options,
  work: (questions: PacsQuestions, id: string, by: string) => Promise<void>,
): Promise<void> {
  const record = await openLog(chooseDataDir(options.dataDir))
  const { store, folder } = record
  const listener = async () => {
    const { aeTitle, address, port, peers, tls } = await store.listenerSettings()
    return { aeTitle, ready: false, at: { address, port }, peers, tls: tls.on }
  }
  const questions = new PacsQuestions({ store, folder, startPacs: forkPacs, listener })
  const end = () => questions.close()
  process.once('SIGINT', end)
  try {
    const by = await whoMay(store, right, command)
    const known = byName(await store.allPacs(), name)
    if (!known) throw new GyrusError('pacs-unknown')
    await work(questions, known.id, by)
  } finally {
    process.off('SIGINT', end)
    await record.close()
  }
}

function queryOf(options: FindOptions): StudyQuery {
  const { data, error } = studyQuerySchema.safeParse({
    patientName: options.name,
    patientId: options.id,
    accessionNumber: options.accession,
    studyDateFrom: options.from,
    studyDateTo: options.to,
    modality: options.modality,
    description: options.description,
  })
  if (!data) throw new GyrusError('request-invalid', { reason: error.issues[0]?.message ?? '' })
  return data
}

const byName = (known: KnownPacs[], name: string) =>
  known.find(({ settings }) => settings.name.toLowerCase() === name.toLowerCase())

function addressOf(text: string): Address {
  const [, calledAe = '', host = '', port = ''] = /^([^@]+)@(.+):(\d+)$/.exec(text) ?? []
  if (port === '') throw new InvalidArgumentError('An address is written as TITLE@host:port, e.g. PACS@10.1.2.3:104.')
  return { calledAe, host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}
