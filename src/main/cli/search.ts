import { Command, InvalidArgumentError, Option } from 'commander'
import { rangeSchema, SEARCHABLE, type Searchable, type SearchRange } from '../../shared/search.ts'
import type { Core } from '../core/index.ts'
import { newRunId } from '../core/training/run-folder.ts'
import { runSearch, type Trial } from '../core/training/search.ts'
import { openCoreInTurn } from './in-turn.ts'
import { nextCommand } from './next-command.ts'
import { formatNotice } from './notice-format.ts'
import { ANY_SET } from './set-options.ts'
import { addTrainingOptions, requestOf, type TrainingOptions, toWhole } from './training-options.ts'
import { whoMay } from './who.ts'

interface Options extends TrainingOptions {
  over: SearchRange[]
  mode: 'grid' | 'random'
  trials: number
  budget: number
  search?: string
}

export const searchCommand = () =>
  addTrainingOptions(
    new Command('search')
      .description('Train a recipe many times with other settings, and say which did best on validation.')
      .argument('<set>', ANY_SET),
  )
    .option('--over <range...>', `what to vary: name=a,b,c or name=low..high (or log: name=~low..high)`, toRange, [])
    .addOption(
      new Option('--mode <mode>', 'every combination, or some at random').choices(['grid', 'random']).default('random'),
    )
    .option('--trials <n>', 'most trials', toWhole, 20)
    .option(
      '--budget <time>',
      'no trial is begun once its trials took that long, e.g. 90s, 30m, 2h; also counts what they took before a break',
      toSeconds,
      3600,
    )
    .option('--search <name>', 'what it is called; the same name goes on with it')
    .addHelpText('after', `\nNames: ${SEARCHABLE.join(', ')}.`)
    .action(search)

async function search(set: string, options: Options): Promise<void> {
  if (options.over.length === 0) throw new InvalidArgumentError('Say what to vary with --over.')
  const { core, close } = await openCoreInTurn('this search', options.dataDir)
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const actor = await whoMay(core.store, 'administer', 'search')
    await core.ownTrainings.markInterrupted()
    const request = {
      request: await requestOf(set, options),
      ranges: options.over,
      mode: options.mode,
      trials: options.trials,
      budgetSeconds: options.budget,
    }
    const id = options.search ?? newRunId('search')
    const print = (trial: Trial) => console.log(options.json ? JSON.stringify(trial) : formatTrial(trial))
    const by = { id, actor }
    tellNotices(core, id)
    const { best, left } = await runSearch(core.ownTrainings, request, by, { signal: abort.signal, onTrial: print })
    if (options.json) console.log(JSON.stringify({ search: id, best: best.run, left }))
    else console.log(`Best: trial ${best.number}, run ${best.run}.`)
    if (left > 0) {
      console.error(`${left} trials were left out by the budget; --search ${id} with a larger one goes on with them.`)
    }
    console.error(nextCommand(best.run, options.dataDir))
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await close()
  }
}

/** All trials tell the same, which is said once. */
function tellNotices({ events, ownTrainings: trainings }: Core, search: string): void {
  const told = new Set<string>()
  events.subscribe((event) => {
    if (event.type !== 'run' || !event.id.startsWith(`${search}-`)) return
    for (const line of trainings.live(event.id)?.notices.map(formatNotice) ?? []) {
      if (!told.has(line)) console.error(line)
      told.add(line)
    }
  })
}

function formatTrial({ number, changes, outcome, validation }: Trial): string {
  const settings = Object.entries(changes).map(([name, value]) => `${name} ${value}`)
  const result = validation
    ? `validation loss ${validation.loss.toFixed(4)}, recall ${(100 * validation.macroRecall).toFixed(1)} %`
    : 'code' in outcome
      ? `failed: ${outcome.message} [${outcome.code}]`
      : 'no validation images'
  return `trial ${number}: ${settings.join(', ')}: ${result}`
}

/** `rate=1e-4,3e-4`, `dropout=0..0.5`, `rate=~1e-5..1e-3`. */
function toRange(text: string, before: SearchRange[]): SearchRange[] {
  const [name = '', what = ''] = text.split('=', 2)
  const ends = /^(~?)([^.]+(?:\.\d+)?[^.]*)\.\.(.+)$/.exec(what)
  const range = ends
    ? { kind: 'between', name, low: Number(ends[2]), high: Number(ends[3]), log: ends[1] === '~' }
    : { kind: 'values', name, values: what.split(',').map(Number) }
  const parsed = rangeSchema.safeParse({ ...range, name: name as Searchable })
  if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '))
  return [...before, parsed.data]
}

function toSeconds(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(s|m|h)$/.exec(text) ?? []
  if (!amount) throw new InvalidArgumentError('A time is needed, e.g. 90s, 30m or 2h.')
  return Number(amount) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h']
}
