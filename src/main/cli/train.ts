import { writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { SPLIT_RULES, type SplitRule } from '../../shared/dataset.ts'
import { toGyrusError } from '../../shared/errors.ts'
import { LABEL_NAMES } from '../../shared/labels.ts'
import {
  RECIPE_NAMES,
  type RecipeChanges,
  type RecipeName,
  type RunSummary,
  type TrainingRequest,
} from '../../shared/training.ts'
import { chooseDataDir, forkEngine, openCore } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import type { Core } from '../core/index.ts'
import { runFolder } from '../core/training/run-folder.ts'
import { formatEpoch, formatRun } from './train-format.ts'
import { TrainingLine } from './training-line.ts'

interface Options {
  recipe: RecipeName
  split: SplitRule
  patients?: string
  fold?: number
  validation: number
  tumours: string[]
  epochs?: number
  batch?: number
  rate?: number
  size?: number
  augmentation?: number
  seed: number
  run?: string
  resume?: string
  preview?: string
  json?: boolean
  dataDir?: string
}

export const trainCommand = () =>
  new Command('train')
    .description('Train a model on a labelled set, and keep the run.')
    .argument('[set]', 'a folder with one folder a class, a CSV table, or an imported set')
    .addOption(new Option('--recipe <name>', 'what is trained, and how').choices(RECIPE_NAMES).default(RECIPE_NAMES[0]))
    .addOption(
      new Option('--split <rule>', 'what is kept on one side of training and validation')
        .choices(SPLIT_RULES)
        .default('patient'),
    )
    .option('--patients <csv>', 'a CSV table file,patient[,fold]: whose images they are')
    .option('--fold <k>', 'hold out this fold of the table, and predict it at the end', toWhole)
    .option('--validation <share>', 'share of the images that choose the epoch and the temperature', toNumber, 0.08)
    .option('--tumours <csv...>', 'tables file,group of tumours of unknown type', [])
    .option('--epochs <n>', 'instead of what the recipe says', toWhole)
    .option('--batch <n>', 'images a step', toWhole)
    .option('--rate <number>', 'learning rate', toNumber)
    .option('--size <px>', 'side of the input', toWhole)
    .option('--augmentation <factor>', '0 none, 1 as in the recipe', toNumber)
    .option('--seed <n>', 'the same seed gives the same run', toWhole, 1)
    .option('--run <name>', 'what the run is called (default: recipe and time)')
    .option('--preview <png>', 'only show on a sheet of pictures how images would be varied')
    .option('--resume <run>', 'go on with a run that was broken off; what was asked of it stays')
    .option('--json', 'one JSON object a line: each epoch as it ends, then the run')
    .option('--data-dir <folder>', 'where runs are kept (default: GYRUS_DATA, else the platform’s place)')
    .action(run)

async function run(set: string | undefined, options: Options): Promise<void> {
  const request = options.resume === undefined ? requestOf(set, options) : undefined
  if (request && options.preview !== undefined) return preview(request, options.preview)
  if (request?.split.by === 'random') console.error('Warning: at random, patients and copies are on both sides.')
  const { core, close } = await openCore(chooseDataDir(options.dataDir))
  try {
    await core.trainings.markInterrupted()
    const actor = userInfo().username
    const id = request ? await core.trainings.start(request, actor, options.run) : (options.resume ?? '')
    if (!request) await core.trainings.resume(id, actor)
    const summary = await follow(core, id, actor, options.json === true)
    console.log(options.json ? JSON.stringify({ run: summary }) : formatRun(summary, runFolder(core.folder.root, id)))
  } finally {
    await close()
  }
}

async function preview(request: TrainingRequest, file: string): Promise<void> {
  const { set, recipe, changes, seed } = request
  const { png, rows } = await runTask(forkEngine, 'preview-augmentation', { set, recipe, changes, seed })
  await writeFile(file, png)
  for (const [i, row] of rows.entries()) console.log(`row ${i + 1}: ${LABEL_NAMES[row.label]}, ${row.file}`)
}

/** Ctrl+C ends the run after the step; its last epoch is kept. */
async function follow(core: Core, id: string, actor: string, json: boolean): Promise<RunSummary> {
  const line = new TrainingLine()
  let told = 0
  const unsubscribe = core.events.subscribe((event) => {
    const live = event.type === 'run' && event.id === id ? core.trainings.live(id) : null
    if (live?.progress) line.show(live.progress)
    for (const epoch of live?.epochs.slice(told) ?? []) {
      told += 1
      line.clear()
      console.log(json ? JSON.stringify(epoch) : formatEpoch(epoch))
    }
  })
  const stop = () => void core.trainings.cancel(id, actor).catch(() => undefined)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await core.trainings.outcome(id)
  } catch (error) {
    if (toGyrusError(error).code === 'cancelled') console.error(`Go on with: gyrus train --resume ${id}`)
    throw error
  } finally {
    line.clear()
    unsubscribe()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

function requestOf(set: string | undefined, options: Options): TrainingRequest {
  if (set === undefined) throw new InvalidArgumentError('Name a labelled set, or a run to resume.')
  const { fold, validation, patients } = options
  return {
    set: resolve(set),
    ...(patients !== undefined && { patients: resolve(patients) }),
    tumours: options.tumours.map((path) => resolve(path)),
    recipe: options.recipe,
    changes: changesOf(options),
    split: fold === undefined ? { by: options.split, validation } : { by: 'fold', fold, validation },
    seed: options.seed,
  }
}

function changesOf({ epochs, batch, rate, size, augmentation }: Options): RecipeChanges {
  const changes = { epochs, batch, rate, size, augmentation }
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

function toWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

function toNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0)) throw new InvalidArgumentError('A number from 0 is needed.')
  return number
}
