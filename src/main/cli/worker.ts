import { Command, InvalidArgumentError } from 'commander'
import { workLimitsSchema } from '../../shared/department.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import { endPromptly, openCorePatiently, tellAway } from '../start-patiently.ts'

export const workerCommand = () =>
  new Command('worker')
    .description('Take work out of the department’s queue, until it is ended.')
    .option('--data-dir <folder>', 'this workstation’s own folder (default: GYRUS_DATA, else the platform’s place)')
    .option('--no-cases', 'take no cases')
    .option('--cases-at-once <n>', 'so many at a time, 1 to 64', toCount)
    .option('--no-trainings', 'take no trainings')
    .addHelpText('after', '\nThe record is that of GYRUS_DATABASE, the files those of GYRUS_FILES: docs/department.md.')
    .exitOverride()
    .action(run)

interface Options {
  dataDir?: string
  cases: boolean
  casesAtOnce?: number
  trainings: boolean
}

async function run({ dataDir: given, cases, casesAtOnce, trainings }: Options): Promise<void> {
  const dataDir = chooseDataDir(given)
  const { department } = dataFolderAt(dataDir)
  if (!department) throw new GyrusError('department-missing')
  // What is not said here is as it is set in the data folder.
  const limits = {
    ...(!cases && { cases }),
    ...(casesAtOnce !== undefined && { casesAtOnce }),
    ...(!trainings && { trainings }),
  }
  const opened = await openCorePatiently(dataDir, { limits })
  const { core } = opened
  tellAway(core)
  await Promise.all([core.startQueued(), core.resume()])
  console.log(`${department.station} takes work; Ctrl+C ends it.`)
  try {
    await ended()
  } finally {
    await endPromptly(opened)
    // A connection that nobody answers would keep it.
    process.exit()
  }
}

function toCount(text: string): number {
  const parsed = workLimitsSchema.shape.casesAtOnce.safeParse(Number(text))
  if (!parsed.success) throw new InvalidArgumentError('A number from 1 to 64 is needed.')
  return parsed.data
}

const ended = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
