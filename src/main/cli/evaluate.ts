import { Command, InvalidArgumentError } from 'commander'
import type { Evaluated } from '../../shared/evaluate-set.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { formatEvaluated, jsonOf } from './evaluate-format.ts'
import { followOnTerminal } from './follow.ts'
import { modelDirOf } from './model-dir.ts'
import { ANY_SET, mapOption, patientsOption, type SetOptions, sourceOf } from './set-options.ts'
import { writePage } from './write-page.ts'

interface Options extends SetOptions {
  model?: string
  predictions?: string[]
  folds?: string[]
  fold?: number
  tumours?: string[]
  boxes?: string
  shortcuts: boolean
  json?: boolean
  html?: string
}

const NOTES = `
With --predictions, the runs of a cross-validation are evaluated together, each with the temperature and limits that the
images of the others give; one or two runs, with those of their own validation images. Figures of the test split say little about new patients where it has copies of training
images (gyrus dataset audit).`

export const evaluateCommand = () =>
  new Command('evaluate')
    .description('Measure a model on a labelled set, as it serves; or what training runs said about images held out.')
    .argument('[set]', ANY_SET)
    .option('--model <id or folder>', 'which model (default: the one in use)')
    .option('--predictions <files...>', 'predictions.json of training runs, in place of a set and a model')
    .option('--folds <files...>', 'predictions.json of the runs of the model’s cross-validation, told beside it')
    .addOption(patientsOption())
    .addOption(mapOption())
    .option('--fold <number>', 'tell this fold of the table of patients as well', toFold)
    .option('--tumours <csv...>', 'tables file,group of images with a tumour of unknown type')
    .option('--boxes <csv>', 'a table file,class,cx,cy,w,h: what hiding the tumour costs, among the shortcuts')
    .option('--no-shortcuts', 'leave the search for shortcuts out')
    .option('--json', 'one JSON object')
    .option('--html <file>', 'write a report that stands alone')
    .option(
      '--data-dir <folder>',
      'where models and imported sets are kept (default: GYRUS_DATA, else the platform’s place)',
    )
    .addHelpText('after', NOTES)
    .action(evaluate)

async function evaluate(set: string | undefined, options: Options, command: Command): Promise<void> {
  const evaluated = await ask(set, options, command)
  if (options.html !== undefined) await writePage(options.html, evaluated.html ?? '')
  if (options.json) return console.log(JSON.stringify(jsonOf(evaluated)))
  console.error(BANNER)
  console.log(formatEvaluated(evaluated))
}

async function ask(set: string | undefined, options: Options, command: Command): Promise<Evaluated> {
  const { predictions, folds, model, patients, fold, tumours = [], boxes, shortcuts } = options
  const html = options.html !== undefined
  if (predictions) {
    const others = [set, model, folds, patients, fold, boxes, options.tumours]
    if (others.some((other) => other !== undefined)) command.error('error: --predictions takes no set and no model')
    return followOnTerminal((following) =>
      runTask(forkTaskEngine, 'evaluate-runs', { files: predictions, html }, following),
    )
  }
  if (set === undefined) command.error('error: a set is needed, or --predictions')
  if (folds && fold !== undefined) command.error('error: --folds has all folds; --fold is for a set without them')
  const modelDir = await modelDirOf(model, chooseDataDir(options.dataDir))
  const request = {
    source: await sourceOf(set, options),
    ...{ modelDir, tumours, shortcuts, html },
    ...(fold !== undefined && { fold }),
    ...(folds && { folds }),
    ...(boxes !== undefined && { boxes }),
  }
  return followOnTerminal((following) => runTask(forkTaskEngine, 'evaluate-set', request, following))
}

function toFold(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('A fold is a whole number, 0, 1, 2 …')
  return Number(text)
}
