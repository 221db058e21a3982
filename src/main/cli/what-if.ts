import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Command } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { asFileError } from '../../shared/file-errors.ts'
import { labelOf } from '../../shared/input-gate.ts'
import { BANNER, formatConfidence, LABEL_NAMES, LABELS } from '../../shared/labels.ts'
import { EXPERIMENT_MARK, type Step, stepsSchema } from '../../shared/what-if.ts'
import { chooseDataDir, chooseModel, modelPlaces } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { EngineSupervisor } from '../core/engine-supervisor/index.ts'
import type { EngineOutput } from '../engine/protocol.ts'
import { forkEngine } from '../fork-engine.ts'
import { readingRecord } from './record.ts'
import { writePage } from './write-page.ts'

interface Options {
  steps: string
  out?: string
  json?: boolean
  dataDir?: string
}

export const whatIfCommand = () =>
  new Command('what-if')
    .description('Edit an image by a list of steps, and say what the model in force makes of it. Keeps no case.')
    .argument('<file>', 'an image')
    .requiredOption('--steps <file>', 'a JSON list of steps (docs/what-if.md)')
    .option('--out <file>', 'the PNG of the edited image to write')
    .option('--json', 'say it as one JSON object')
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .action(whatIf)

async function whatIf(file: string, { steps: stepsFile, out, json, dataDir }: Options): Promise<void> {
  if (!json) console.error(`${BANNER}. ${EXPERIMENT_MARK}.`)
  const steps = await readSteps(stepsFile)
  const folder = dataFolderAt(chooseDataDir(dataDir))
  const model = await readingRecord(folder, (store) => chooseModel(store, modelPlaces(folder)))
  const engine = new EngineSupervisor({ start: forkEngine, model, onChange: () => undefined })
  try {
    const before = await engine.request('what-if', { path: file, steps: [], picture: false })
    const after = await engine.request('what-if', { path: file, steps, picture: false })
    if (out !== undefined) await writePage(out, await engine.request('what-if-file', { path: file, steps }))
    console.log(json ? JSON.stringify(asJson(file, steps, { before, after })) : inWords(file, { before, after }))
  } finally {
    engine.close()
  }
}

/** @throws GyrusError `file-missing`, `file-unreadable`, `what-if-steps` */
async function readSteps(path: string): Promise<Step[]> {
  const text = await readFile(path, 'utf8').catch((error) => Promise.reject(asFileError(error)))
  try {
    return stepsSchema.parse(JSON.parse(text))
  } catch (error) {
    const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0]
    const reason = issue ? `at ${issue.path.join('.') || 'the list'}: ${issue.message}` : 'this is no JSON'
    throw new GyrusError('what-if-steps', { reason }, { cause: error })
  }
}

interface Pair {
  before: EngineOutput<'what-if'>
  after: EngineOutput<'what-if'>
}

const told = ({ confidences, gate, set, image }: EngineOutput<'what-if'>) => ({
  ...{ label: labelOf(gate, confidences), confidences, gate, set, image },
})

const asJson = (file: string, steps: Step[], { before, after }: Pair) => ({
  ...{ banner: BANNER, mark: EXPERIMENT_MARK, file, model: after.model.id, steps },
  ...{ before: told(before), after: told(after) },
})

function inWords(file: string, { before, after }: Pair): string {
  const lines = LABELS.map((label) => {
    const [was, is] = [before.confidences[label], after.confidences[label]]
    return `  ${LABEL_NAMES[label].padEnd(18)} ${formatConfidence(was).padStart(5)} → ${formatConfidence(is)}`
  })
  const name = ({ gate, confidences }: EngineOutput<'what-if'>) => {
    const label = labelOf(gate, confidences)
    return label === null ? 'not judged by the model' : LABEL_NAMES[label]
  }
  const [from, to] = [name(before), name(after)]
  const change = from === to ? `still ${to}` : `${from} has become ${to}`
  return [`${basename(file)}: ${change}`, ...lines].join('\n')
}
