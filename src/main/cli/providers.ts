import { basename } from 'node:path'
import { type FoundProvider, type Measured, type ProviderOutcome, readsWith } from '../../shared/providers.ts'
import { chooseDataDir, chooseModel, forkTaskEngine, modelPlaces } from '../compose.ts'
import { dataFolderAt, prepareDataFolder } from '../core/data-folder.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { keepMeasured, readMeasured } from '../core/providers/file.ts'
import { measureProviders } from '../core/providers/measure.ts'
import { VERSION } from '../installation.ts'
import { providerTrier } from '../native-tasks.ts'
import { followOnTerminal } from './follow.ts'
import { readingRecord } from './record.ts'
import { mayRead } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  measure?: boolean
}

/** `gyrus engine providers` */
export async function providers(options: Options): Promise<void> {
  const dataDir = chooseDataDir(options.dataDir)
  await mayRead(options.dataDir, 'engine providers', options.measure ? 'administer' : 'oversee')
  const found = await runTask(forkTaskEngine, 'find-providers', null)
  const measured = options.measure ? await measureNow(dataDir, found) : await readMeasured(dataDir)
  if (options.json) return console.log(JSON.stringify({ found, measured }))
  console.log(formatProviders(found, measured).join('\n'))
}

async function measureNow(dataDir: string, found: FoundProvider[]): Promise<Measured> {
  const folder = dataFolderAt(dataDir)
  prepareDataFolder(folder)
  const model = await readingRecord(folder, (store) => chooseModel(store, modelPlaces(folder)))
  const tryProvider = providerTrier(dataDir, forkTaskEngine)
  const options = { found, tryProvider, model, modelId: basename(model.dir), version: VERSION }
  const measured = await followOnTerminal(
    ({ signal, onProgress }) =>
      measureProviders(options, {
        signal,
        onProgress: ({ share }) => onProgress({ stage: 'measuring', done: Math.floor(100 * share), total: 100 }),
      }),
    '%',
  )
  await keepMeasured(dataDir, measured)
  return measured
}

export function formatProviders(found: FoundProvider[], measured: Measured | null): string[] {
  if (!measured) {
    return [
      ...found.map(({ id }) => `${id}: not tried yet`),
      'Try and measure them with “gyrus engine providers --measure”.',
    ]
  }
  const { at, model, machine, version } = measured
  const reads = readsWith(found, measured)
  const gpu = machine.gpu === null ? '' : `, ${machine.gpu}`
  return [
    `Measured ${at} by Gyrus ${version} with ${model} on ${machine.cpu}, ${machine.cores} processors${gpu}:`,
    ...found.map(({ id, role }) => {
      const outcome = measured.outcomes[id]
      return `  ${id.padEnd(20)} ${outcome ? formatOutcome(outcome, role, id === reads) : 'not tried yet'}`
    }),
  ]
}

const NOT_READING: Record<FoundProvider['role'], string> = {
  read: 'not used: another one comes first',
  train: 'trains; scans are not read with it',
  none: 'not used: scans are read alike on every machine',
}

function formatOutcome(outcome: ProviderOutcome, role: FoundProvider['role'], used: boolean): string {
  if (outcome.state === 'missing') return `not used: not found here: ${outcome.reason}`
  if (outcome.state === 'refused') return `not used: its answers to the golden images differ by ${outcome.reason}`
  if (outcome.state === 'failed') return `not used: ${outcome.reason}`
  const { engine, single, batch } = outcome
  const speed = `${single.toFixed(1)} ms an image alone, ${batch.toFixed(1)} ms in batches of 16`
  return `${speed}; ${used ? 'reads' : NOT_READING[role]} (${engine})`
}
