import { Command, InvalidArgumentError } from 'commander'
import { workLimitsSchema } from '../../shared/department.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import type { Core } from '../core/index.ts'
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
  tellUnfit(core)
  tellAway(core)
  await Promise.all([core.startQueued(), core.resume()])
  // Before it says so: who reads it may press at once.
  const end = ended()
  console.log(`${department.station} takes work; Ctrl+C ends it.`)
  try {
    await end
  } finally {
    await endPromptly(opened)
    // A connection that nobody answers would keep it.
    process.exit()
  }
}

/** Says on the terminal when it takes no work, though it is open. */
function tellUnfit({ department, events }: Pick<Core, 'department' | 'events'>): void {
  let told = ''
  events.subscribe(({ type }) => {
    const { code = '', message, action } = department?.unfit ?? {}
    if (type !== 'outbox' || code === told) return
    told = code
    console.error(code ? `It takes no work: ${message} ${action} [${code}]` : 'It takes work again.')
  })
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
