import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { type Batch, batchIdSchema, EXPORT_FORMATS, type ExportFormat } from '../../shared/batches.ts'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { BANNER } from '../../shared/labels.ts'
import type { Language } from '../../shared/language.ts'
import { retriedWords } from '../../shared/retried.ts'
import { atWork, chooseDataDir, openCore, openFolder, openRecord, readRecord } from '../compose.ts'
import { besideGyrus } from '../core/batches/beside.ts'
import { exportBatch } from '../core/batches/export/index.ts'
import { hasRecord } from '../core/data-folder.ts'
import type { Core } from '../core/index.ts'
import type { ReadStore, Store } from '../store/types.ts'
import { formatBatch, formatTotals } from './batches-format.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { languageOption, refuseLanguage } from './language-option.ts'
import { passedOverHead, passedOverLines } from './passed-over-format.ts'
import { Progress } from './progress.ts'
import { mayRead, whoMay } from './who.ts'

const PAGE = 100

interface Options {
  json?: boolean
  dataDir?: string
}

export function batchesCommand(): Command {
  const command = new Command('batches').description('Folders that were classified in one go: see, resume, export.')
  const one = (name: string, description: string) => dataCommand(name, description).argument('<id>', 'of the batch')
  command.addCommand(dataCommand('list', 'All batches, newest first.').action(list))
  command.addCommand(one('show', 'Where a batch stands.').action(show))
  command.addCommand(one('pause', 'Take a batch that waits out of the queue.').action(pause))
  command.addCommand(one('cancel', 'End a batch; what was analysed is kept.').action(cancel))
  command.addCommand(one('resume', 'Go on with what is left, here and now.').action(resume))
  command.addCommand(one('retry', 'The same, and try again what has failed.').action(retry))
  command.addCommand(
    one('export', 'Write a batch as a table, one row a file.')
      .addOption(
        new Option('--format <format>', 'tables of all files, or a summary to print')
          .choices(EXPORT_FORMATS)
          .default('csv'),
      )
      .requiredOption('--output <file>', 'where to write it')
      .addOption(languageOption())
      .action(exportTo),
  )
  return command
}

async function list(options: Options): Promise<void> {
  if (!options.json) console.error(BANNER)
  await reading(options, async (store, standing) => {
    for (let before: string | null = null; ; ) {
      const batches: Batch[] = (await store.listBatches(before, PAGE)).map(standing)
      for (const batch of batches) console.log(options.json ? JSON.stringify(batch) : formatBatch(batch))
      if (batches.length < PAGE) return
      before = batches.at(-1)?.id ?? null
    }
  })
}

async function show(id: string, options: Options): Promise<void> {
  if (!options.json) console.error(BANNER)
  await reading(options, async (store, standing) => {
    const batch = standing(await store.getBatch(toId(id)))
    const totals = await store.batchTotals(batch.id)
    const series = await store.seriesOfBatch(batch.id)
    const kinds = await store.passedOver(batch.id)
    if (options.json) return console.log(JSON.stringify({ ...batch, totals, series, passedOverKinds: kinds }))
    console.log(formatTotals(batch, totals, series))
    for (const line of kinds.length > 0 ? [passedOverHead(kinds), ...passedOverLines(kinds)] : []) console.log(line)
  })
}

const pause = (id: string, options: Options) =>
  writing(options, async (store, actor) => {
    tell(await store.changeBatch({ id: toId(id), actor, act: 'paused', workedMs: 0 }), options)
  })

const cancel = (id: string, options: Options) =>
  writing(options, async (store, actor) => {
    tell(await store.changeBatch({ id: toId(id), actor, act: 'cancelled', workedMs: 0 }), options)
  })

/** One that somebody resumed elsewhere waits for this very workstation. */
const resume = (id: string, options: Options) =>
  goOn(options, id, async (core, by) => {
    const batch = await core.batches.standing(toId(id))
    return batch.state === 'queued' ? batch : core.batches.resume(id, by)
  })
const retry = (id: string, options: Options) => goOn(options, id, (core, by) => core.batches.retry(toId(id), by))

/** Runs the batch here; Ctrl+C pauses it. */
async function goOn(options: Options, id: string, ask: (core: Core, by: string) => Promise<Batch>): Promise<void> {
  const { core, close } = await alone(openCore, options)
  let by = ''
  const progress = new Progress(0)
  const stop = () => {
    progress.clear()
    console.error('Pausing: the files that were begun are finished first.')
    void core.batches.pause(id, by)
  }
  try {
    by = await whoMay(core.store, 'review', 'batches')
    await core.resume()
    await ask(core, by)
    process.once('SIGINT', stop)
    let done = 0
    // Files lie where a batch was made.
    const here = (await core.store.queuedBatches()).includes(id)
    if (here) for await (const { found } of core.batches.run(id)) progress.show(++done, found)
    progress.clear()
    const batch = await core.batches.standing(id)
    tell(batch, options)
    if (batch.retried && !options.json) console.log(retriedWords(batch.retried))
    process.exitCode = batch.counts.failed > 0 || batch.state !== 'completed' ? EXIT.someFailed : EXIT.ok
  } finally {
    process.removeListener('SIGINT', stop)
    await close()
  }
}

async function exportTo(
  id: string,
  options: Options & { format: ExportFormat; output: string; language: Language },
  command: Command,
): Promise<void> {
  const { output: path, format, language } = options
  if (format !== 'pdf') refuseLanguage(command, '--format pdf')
  const { core, close } = await alone(openCore, options)
  try {
    const actor = await whoMay(core.store, 'read', 'batches export')
    const asks = { by: actor, blind: await core.reading.blind(actor), language }
    const { content } = await exportBatch(core, toId(id), format, asks)
    await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600 })).catch((error) => {
      throw new GyrusError('output-unwritable', { path, reason: String(asFileError(error).details.reason) })
    })
    if (options.json) console.log(JSON.stringify({ output: path }))
  } finally {
    await close()
  }
}

const tell = (batch: Batch, options: Options) => console.log(options.json ? JSON.stringify(batch) : formatBatch(batch))

/** Anything else is no batch's id, and would not be understood by the record. */
function toId(id: string): string {
  if (batchIdSchema.safeParse(id).success) return id
  throw new GyrusError('batch-unknown', { batch: id })
}

/** The app that is open knows nothing of what is done beside it: it would go on with a batch that was ended here. */
async function alone<T>(open: (dataDir: string) => Promise<T>, { dataDir }: Options): Promise<T> {
  try {
    return await open(chooseDataDir(dataDir))
  } catch (error) {
    if (!(error instanceof GyrusError) || error.code !== 'data-folder-in-use') throw error
    throw new GyrusError('batches-in-use', error.details, { cause: error })
  }
}

/** Reads beside a running Gyrus, or without one. */
async function reading(
  options: Options,
  read: (store: ReadStore, standing: (batch: Batch) => Batch) => Promise<void>,
): Promise<void> {
  const folder = await openFolder(chooseDataDir(options.dataDir))
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  await mayRead(options.dataDir, 'batches')
  const store = await readRecord(folder)
  try {
    // Looked at before the record: what ends in between is read as it ended.
    const taken = atWork(folder)
    await read(store, (batch) => besideGyrus(batch, taken))
  } finally {
    await store.close()
  }
}

async function writing(options: Options, work: (store: Store, actor: string) => Promise<void>): Promise<void> {
  const { store, close } = await alone(openRecord, options)
  try {
    const actor = await whoMay(store, 'review', 'batches')
    await store.interruptBatches()
    await work(store, actor)
  } finally {
    await close()
  }
}
