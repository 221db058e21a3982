import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { type About, aboutSchema } from '../../shared/model.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { followOnTerminal } from './follow.ts'
import { whoMay } from './who.ts'

interface Options {
  id?: string
  modelVersion: string
  about?: string
  folds: string[]
  tumours: string[]
  boxes?: string
  json?: boolean
  dataDir?: string
}

export const addRunCommand = () =>
  new Command('add-run')
    .description('Make a model of a finished training run: measure it, write its card, take it in.')
    .argument('<run>')
    .option('--id <id>', 'what the model is called (default: as the run)')
    .option('--model-version <version>', 'its version', '1.0.0')
    .option('--about <json>', 'what only people can say of it: data, population, intended use, limits, licence …')
    .option('--folds <files...>', 'predictions.json of its cross-validation: evidence, and what calibrates it', [])
    .option(
      '--tumours <csv...>',
      'tables file,group of tumours of unknown type that the run did not learn from: how many it calls “no tumour”',
      [],
    )
    .option('--boxes <csv>', 'a table file,class,cx,cy,w,h: what hiding the tumour costs')
    .option('--json', 'one JSON object')
    .option('--data-dir <folder>', 'where it is kept (default: GYRUS_DATA, else the platform’s place)')
    .exitOverride()
    .action(addRun)

async function addRun(run: string, options: Options): Promise<void> {
  const about = options.about === undefined ? {} : await readAbout(options.about)
  const { core, close } = await openCore(chooseDataDir(options.dataDir))
  try {
    const asked = {
      id: options.id ?? run,
      version: options.modelVersion,
      about,
      folds: options.folds.map((path) => resolve(path)),
      tumours: options.tumours.map((path) => resolve(path)),
      boxes: options.boxes === undefined ? null : resolve(options.boxes),
    }
    const by = await whoMay(core.store, 'administer', 'models add-run')
    const found = await followOnTerminal((following) => core.models.addRun(run, asked, by, following))
    console.log(
      options.json ? JSON.stringify(found) : `Took in ${found.id}. See it with: gyrus models show ${found.id}`,
    )
  } finally {
    await close()
  }
}

async function readAbout(path: string): Promise<About> {
  const text = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
  try {
    return aboutSchema.parse(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new GyrusError('model-about-invalid', { file: path, reason }, { cause: error })
  }
}
