import { Command, InvalidArgumentError } from 'commander'
import { type WorkLimits, workLimitsSchema } from '../../shared/department.ts'
import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import type { Core } from '../core/index.ts'
import { endPromptly, openCorePatiently, tellAway } from '../start-patiently.ts'

const HELP = `
Which department: GYRUS_DATABASE and GYRUS_FILES say it, else department.json in its data folder.
While database, store or drive are away it waits and tries again; a wrong address or password ends it. See docs/department.md.`

export const workerCommand = () =>
  new Command('worker')
    .description('Take work out of the department’s queue, until it is ended.')
    .option('--data-dir <folder>', 'this workstation’s own folder (default: GYRUS_DATA, else the platform’s place)')
    .option('--no-cases', 'take no cases')
    .option('--cases-at-once <n>', 'so many at a time, 1 to 64', toCount)
    .option('--no-trainings', 'take no trainings')
    .addHelpText('after', HELP)
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
  console.log(`${department.station} ${taking(core.department?.limits)}; Ctrl+C ends it.`)
  try {
    await end
  } finally {
    await endPromptly(opened)
    // A connection that nobody answers would keep it.
    process.exit()
  }
}

/** What it takes as it was told here, or is set in its data folder. */
function taking(limits: WorkLimits | undefined): string {
  if (limits?.cases && limits.trainings) return 'takes work'
  if (limits?.cases) return 'takes work: cases, and no trainings'
  return limits?.trainings
    ? 'takes work: trainings, and no cases'
    : 'is set to take no work, neither cases nor trainings'
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
