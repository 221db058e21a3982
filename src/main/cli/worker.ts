import { Command } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'

export const workerCommand = () =>
  new Command('worker')
    .description('Take work out of the department’s queue, until it is ended.')
    .option('--data-dir <folder>', 'this workstation’s own folder (default: GYRUS_DATA, else the platform’s place)')
    .addHelpText('after', '\nThe record is that of GYRUS_DATABASE, the files those of GYRUS_FILES: docs/department.md.')
    .exitOverride()
    .action(run)

async function run({ dataDir: given }: { dataDir?: string }): Promise<void> {
  const dataDir = chooseDataDir(given)
  const { department } = dataFolderAt(dataDir)
  if (!department) throw new GyrusError('department-missing')
  const { core, close } = await openCore(dataDir)
  await core.resume()
  console.log(`${department.station} takes work; Ctrl+C ends it.`)
  try {
    await ended()
  } finally {
    await close()
  }
}

const ended = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
