import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { toGyrusError } from '../../shared/errors.ts'
import { LABEL_NAMES } from '../../shared/labels.ts'
import type { RunSummary, TrainingRequest } from '../../shared/training.ts'
import { forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import type { Core } from '../core/index.ts'
import { runFolder } from '../core/training/run-folder.ts'
import { openCoreInTurn } from './in-turn.ts'
import { nextCommand } from './next-command.ts'
import { formatNotice } from './notice-format.ts'
import { ANY_SET } from './set-options.ts'
import { formatEpoch, formatRun } from './train-format.ts'
import { TrainingLine } from './training-line.ts'
import { addTrainingOptions, requestOf, type TrainingOptions } from './training-options.ts'
import { whoMay } from './who.ts'

interface Options extends TrainingOptions {
  run?: string
  resume?: string
  preview?: string
}

export const trainCommand = () =>
  addTrainingOptions(
    new Command('train').description('Train a model on a labelled set, and keep the run.').argument('[set]', ANY_SET),
  )
    .option('--run <name>', 'what the run is called (default: recipe and time)')
    .option('--preview <png>', 'only show on a sheet of pictures how images would be varied')
    .option('--resume <run>', 'go on with a run that was broken off; what was asked of it stays')
    .action(run)

async function run(set: string | undefined, options: Options): Promise<void> {
  const request = options.resume === undefined ? await requestOf(set, options) : undefined
  if (request && options.preview !== undefined) return preview(request, options.preview)
  const { core, close } = await openCoreInTurn('this training', options.dataDir)
  try {
    const actor = await whoMay(core.store, 'administer', 'train')
    await core.ownTrainings.markInterrupted()
    const id = request ? await core.ownTrainings.start(request, actor, options.run) : (options.resume ?? '')
    if (!request) await core.ownTrainings.resume(id, actor)
    const summary = await follow(core, id, actor, options.json === true)
    console.log(options.json ? JSON.stringify({ run: summary }) : formatRun(summary, runFolder(core.folder, id)))
    console.error(nextCommand(id, options.dataDir))
  } finally {
    await close()
  }
}

async function preview(request: TrainingRequest, file: string): Promise<void> {
  const { set, map, recipe, changes, seed } = request
  const { png, rows } = await runTask(forkTaskEngine, 'preview-augmentation', { set, map, recipe, changes, seed })
  await writeFile(file, png)
  for (const [i, row] of rows.entries()) console.log(`row ${i + 1}: ${LABEL_NAMES[row.label]}, ${row.file}`)
}

/** Ctrl+C ends the run after the step; its last epoch is kept. */
async function follow(core: Core, id: string, actor: string, json: boolean): Promise<RunSummary> {
  const line = new TrainingLine()
  let told = 0
  let noticed = 0
  const unsubscribe = core.events.subscribe((event) => {
    const live = event.type === 'run' && event.id === id ? core.ownTrainings.live(id) : null
    for (const notice of live?.notices.slice(noticed) ?? []) {
      noticed += 1
      line.clear()
      console.error(formatNotice(notice))
    }
    if (live?.progress) line.show(live.progress)
    for (const epoch of live?.epochs.slice(told) ?? []) {
      told += 1
      line.clear()
      console.log(json ? JSON.stringify(epoch) : formatEpoch(epoch))
    }
  })
  const stop = () => void core.ownTrainings.cancel(id, actor).catch(() => undefined)
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await core.ownTrainings.outcome(id)
  } catch (error) {
    if (toGyrusError(error).code === 'cancelled') console.error(`Go on with: gyrus train --resume ${id}`)
    throw error
  } finally {
    line.clear()
    unsubscribe()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
