import { Command, InvalidArgumentError, Option } from 'commander'
import { BANNER } from '../../shared/labels.ts'
import { MAX_NAME_FILTER } from '../../shared/name-filter.ts'
import type { PassedOver } from '../../shared/passed-over.ts'
import { chooseDataDir } from '../compose.ts'
import type { FileOutcome } from '../core/batches/run.ts'
import { HeatOfFiles } from './classify-heat.ts'
import { EXIT } from './exit.ts'
import { formatJson, formatText } from './format.ts'
import { withLog, withoutLog } from './outcomes.ts'
import { passedOverHead, passedOverJson, passedOverLines } from './passed-over-format.ts'
import { Progress } from './progress.ts'
import { formatSeriesJson, formatSeriesText, type SeriesOutcome } from './series-format.ts'

interface Options {
  json?: boolean
  explain?: boolean
  maps?: string
  dataDir?: string
  log: boolean
  skipSeen?: boolean
  subFolders: boolean
  only: string
}

export const classifyCommand = () =>
  new Command('classify')
    .description(
      'Read images and say what the model sees, one line a file in the order of the files, then one a series of slices.',
    )
    .argument(
      '<files or folders...>',
      'images; folders and ZIP files are searched with their sub-folders, a DICOMDIR is followed',
    )
    .option('--json', 'one JSON object a line; the last one tells what was passed over, if anything')
    .option('--explain', 'with the heat map of what each file is called: how it was made, its peak, how faithful it is')
    .option('--maps <folder>', 'with --explain, and each map as a PNG in the folder')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .option('--no-log', 'keep no case: nothing is copied or written')
    .option('--no-sub-folders', 'leave out the sub-folders of the folders')
    .addOption(
      new Option('--only <names>', 'of the folders only names like these: * any letters, ? one, e.g. "*_t1ce*.png"')
        .default('')
        .argParser(readFilter),
    )
    .option('--skip-seen', 'do not analyse again what the active model has analysed before')
    .addHelpText(
      'after',
      '\nExit code: 0 all files were analysed, 2 some failed or were left, as somebody paused or ended it on another workstation, 1 could not run.',
    )
    .action(classify)

function readFilter(text: string): string {
  if (text.length > MAX_NAME_FILTER) throw new InvalidArgumentError(`It has at most ${MAX_NAME_FILTER} characters.`)
  return text
}

async function classify(paths: string[], options: Options): Promise<void> {
  // Until the last one is read: whoever closes the pipe before (`| head`) must not take it that all was analysed.
  process.exitCode = EXIT.couldNotRun
  // Not on stdout, where a program may be reading.
  if (!options.json) console.error(BANNER)
  const dataDir = chooseDataDir(options.dataDir)
  const wanted = { subFolders: options.subFolders, filter: options.only, skipSeen: options.skipSeen === true }
  const session = await (options.log ? withLog : withoutLog)(dataDir, wanted)
  const asked = options.explain === true || options.maps !== undefined
  const heat = asked ? new HeatOfFiles(session.engine, options.maps ?? null) : null
  try {
    const failed = await print(session.classify(paths), options.json === true, heat)
    await printSeries(session.series(), options.json === true)
    const passedOver = await session.passedOver()
    if (passedOver.length > 0) await tellPassedOver(passedOver, options.json === true)
    const stopped = await session.stopped()
    if (stopped !== null) console.error(stopped)
    process.exitCode = failed === 0 && stopped === null ? EXIT.ok : EXIT.someFailed
  } finally {
    await session.close()
  }
}

/** Known at the end; programs get it as the last line. */
async function tellPassedOver(kinds: PassedOver[], json: boolean): Promise<void> {
  if (json) await write(`${passedOverJson(kinds)}\n`)
  const lines = json ? [] : passedOverLines(kinds)
  for (const line of [passedOverHead(kinds), ...lines]) console.error(line)
}

/** Prints outcomes as they come. Returns how many failed. */
async function print(outcomes: AsyncIterable<FileOutcome>, json: boolean, heat: HeatOfFiles | null): Promise<number> {
  const format = json ? formatJson : formatText
  const progress = new Progress(0)
  const cautions = new Set<string>()
  let done = 0
  let failed = 0
  for await (const { path, outcome, found } of outcomes) {
    done += 1
    if (outcome.status === 'failed') failed += 1
    if (outcome.status === 'analysed') for (const caution of outcome.cautions) cautions.add(caution)
    const map = (await heat?.of(path, outcome)) ?? null
    progress.clear()
    await write(`${format(path, outcome, map)}\n`)
    progress.show(done, found)
  }
  progress.clear()
  if (!json) tellCautions('Of files', cautions)
  return failed
}

async function printSeries(series: AsyncIterable<SeriesOutcome> | SeriesOutcome[], json: boolean): Promise<void> {
  const cautions = new Set<string>()
  for await (const one of series) {
    await write(`${json ? formatSeriesJson(one) : formatSeriesText(one)}\n`)
    for (const caution of one.series.cautions) cautions.add(caution)
  }
  if (!json) tellCautions('Of series', cautions)
}

/** What must be said with them stands beside each as JSON; for people once, where no program reads. */
function tellCautions(of: string, cautions: Set<string>): void {
  for (const caution of cautions) console.error(`${of}: ${caution}`)
}

/** Waits while a pipe is full. */
async function write(line: string): Promise<void> {
  if (process.stdout.write(line)) return
  await new Promise((resolve) => process.stdout.once('drain', resolve))
}
