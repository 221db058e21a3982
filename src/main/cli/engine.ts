import { Command } from 'commander'
import type { InstallProgress } from '../../shared/native-engine.ts'
import { chooseDataDir, openLog } from '../compose.ts'
import { installLogged, type NativeEngineSource, removeLogged } from '../core/native-engine.ts'
import { installNativeEngine } from '../native-engine/install.ts'
import { removeNativeEngine } from '../native-engine/remove.ts'
import { type NativeEngineStatus, nativeEngineStatus } from '../native-engine/status.ts'
import type { Store } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { providers } from './providers.ts'
import { StepLine } from './step-line.ts'
import { mayRead } from './who.ts'

type Following = Parameters<NativeEngineSource['install']>[0]

interface Options {
  json?: boolean
  dataDir?: string
}

export const engineCommand = () =>
  new Command('engine')
    .description('The native engine, which training of whole networks needs.')
    .addCommand(
      dataCommand('status', 'Say which native engine is used, and why not another one.')
        .option('--verify', 'also read all its files, load it and let it compute; takes some seconds')
        .action(status),
    )
    .addCommand(
      dataCommand(
        'install',
        'Fetch and compile the native engine, or go on with it: about 0.3 GB to fetch, 0.9 GB on disk.',
      )
        .addHelpText('after', '\nNeeds pip and npm with a package index that they reach, and a C++ compiler.')
        .action(install),
    )
    .addCommand(
      dataCommand('providers', 'Say what can run the model here, how quick each was, and why one is not used.')
        .option('--measure', 'try and measure each now, with the model in force; takes a minute')
        .action(providers),
    )
    .addCommand(dataCommand('remove', 'Remove the native engine that was installed here.').action(remove))

async function status(options: Options & { verify?: boolean }): Promise<void> {
  const found = await nativeEngineStatus(chooseDataDir(options.dataDir), { verify: options.verify === true })
  console.log(options.json ? JSON.stringify(found) : formatStatus(found).join('\n'))
  if (found.check && 'code' in found.check) process.exitCode = EXIT.someFailed
}

async function install(options: Options): Promise<void> {
  const dataDir = chooseDataDir(options.dataDir)
  const by = await mayRead(options.dataDir, 'engine install', 'administer')
  const line = new StepLine()
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const source = { install: (following: Following) => installNativeEngine(dataDir, following) }
    const following = { signal: abort.signal, onProgress: (progress: InstallProgress) => line.show(progress) }
    await installLogged(source, logIn(dataDir), by, following)
  } finally {
    line.end()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
  await status(options)
}

async function remove(options: Options): Promise<void> {
  const by = await mayRead(options.dataDir, 'engine remove', 'administer')
  const dataDir = chooseDataDir(options.dataDir)
  const source = { remove: () => removeNativeEngine(dataDir) }
  const freedBytes = await removeLogged(source, logIn(dataDir), by)
  if (options.json) return console.log(JSON.stringify({ freedBytes }))
  console.log(freedBytes === 0 ? 'Nothing was installed.' : `Removed; ${megabytes(freedBytes)} MB are free again.`)
}

/** Opens the record for each entry alone: an installation takes minutes, in which Gyrus may be started. */
const logIn = (dataDir: string): Pick<Store, 'log'> => ({
  async log(act) {
    const { store, close } = await openLog(dataDir)
    await store.log(act).finally(close)
  },
})

export function formatStatus({ used, others, check, install }: NativeEngineStatus): string[] {
  const lines = used
    ? [`Native engine: ${used.version} (${used.kind})`, `  ${used.dir}, ${megabytes(used.bytes)} MB`]
    : ['Native engine: none. Only the last layer of a model can be trained (recipe “head”).']
  if (used?.verifiedAt) lines.push(`  computed rightly when it was installed, ${used.verifiedAt}`)
  if (check) lines.push(`  ${formatCheck(check)}`)
  lines.push(...others.map(({ kind, reason }) => `Not used: ${kind}: ${reason}.`))
  if (used) return lines
  if (install.runningPid) lines.push(`Process ${install.runningPid} is installing it.`)
  else if (install.unfinishedBytes) lines.push(`${megabytes(install.unfinishedBytes)} MB of it are there already.`)
  const obstacles = install.obstacles.map(({ message, action }) => `  ${message} ${action}`)
  if (obstacles.length === 0) return [...lines, 'Install it with “gyrus engine install”.']
  return [...lines, 'In the way of “gyrus engine install”:', ...obstacles]
}

function formatCheck(check: NonNullable<NativeEngineStatus['check']>): string {
  if ('code' in check) return `checked now: ${check.message} ${check.action}`
  const missing = check.missingCuda.length ? `; missing for the GPU: ${check.missingCuda.join(', ')}` : ''
  return `checked now: unaltered, computes rightly, on the ${check.device.toUpperCase()}${missing}`
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6)
