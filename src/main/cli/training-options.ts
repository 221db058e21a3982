import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type LabelMap, SPLIT_RULES, type SplitRule } from '../../shared/dataset.ts'
import { RECIPE_NAMES, type RecipeChanges, type RecipeName, type TrainingRequest } from '../../shared/training.ts'
import { resolveSet } from './resolve-set.ts'
import { mapOption, patientsOption } from './set-options.ts'

/** What every command that trains can be told. */
export interface TrainingOptions {
  recipe: RecipeName
  split?: SplitRule
  patients?: string
  map: LabelMap
  fold?: number
  validation?: number
  tumours: string[]
  epochs?: number
  batch?: number
  rate?: number
  size?: number
  augmentation?: number
  cropBrain?: number
  seed: number
  json?: boolean
  dataDir?: string
}

export const addTrainingOptions = (command: Command): Command =>
  command
    .addOption(new Option('--recipe <name>', 'what is trained, and how').choices(RECIPE_NAMES).default(RECIPE_NAMES[0]))
    .addOption(
      new Option(
        '--split <rule>',
        'what is kept on one side of training and validation (default: as the recipe has it; patient, or group where no patient is known; random for cnn-9 and cnn-24)',
      ).choices(SPLIT_RULES),
    )
    .addOption(patientsOption())
    .addOption(mapOption())
    .option('--fold <k>', 'hold out this fold of the table, and predict it at the end', toWhole)
    .option(
      '--validation <share>',
      'share of the images that choose the epoch and the temperature (default: as the recipe has it)',
      toNumber,
    )
    .option('--tumours <csv...>', 'tables file,group of tumours of unknown type', [])
    .option('--epochs <n>', 'instead of what the recipe says', toWhole)
    .option('--batch <n>', 'images a step', toWhole)
    .option('--rate <number>', 'learning rate', toNumber)
    .option('--size <px>', 'side of the input', toWhole)
    .option('--augmentation <factor>', '0 none, 1 as in the recipe', toNumber)
    .addOption(
      new Option(
        '--crop-brain [margin]',
        'crop images to the brain, with a margin as a share of its longer side (0.1 where none is given)',
      )
        .preset('0.1')
        .argParser(toNumber),
    )
    .option('--seed <n>', 'the same seed gives the same run', toWhole, 1)
    .option('--json', 'JSON objects, one a line')
    .option('--data-dir <folder>', 'where runs are kept (default: GYRUS_DATA, else the platform’s place)')

/** @throws GyrusError errors of `resolveSet` */
export async function requestOf(set: string | undefined, options: TrainingOptions): Promise<TrainingRequest> {
  if (set === undefined) throw new InvalidArgumentError('Name a labelled set, or a run to resume.')
  const { fold, validation, patients, split = 'recipe' } = options
  const share = validation === undefined ? {} : { validation }
  return {
    set: resolve(await resolveSet(set, options.dataDir)),
    map: options.map,
    ...(patients !== undefined && { patients: resolve(patients) }),
    tumours: options.tumours.map((path) => resolve(path)),
    recipe: options.recipe,
    changes: changesOf(options),
    split: fold === undefined ? { by: split, ...share } : { by: 'fold', fold, ...share },
    seed: options.seed,
  }
}

function changesOf({ epochs, batch, rate, size, augmentation, cropBrain }: TrainingOptions): RecipeChanges {
  const changes = { epochs, batch, rate, size, augmentation, brainMargin: cropBrain }
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

export function toWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

function toNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0)) throw new InvalidArgumentError('A number from 0 is needed.')
  return number
}
