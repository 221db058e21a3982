import { InvalidArgumentError } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { readingSpanSchema } from '../../shared/reading-changes.ts'
import { chooseDataDir, openFolder, readRecord } from '../compose.ts'
import { hasRecord } from '../core/data-folder.ts'
import { changesSeenBy } from '../core/reading/changes.ts'
import { dataCommand } from './data-command.ts'
import { formatChanges } from './readings-format.ts'
import { mayRead } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  /** Instants. */
  from?: string
  until?: string
}

export const readingsCommand = () =>
  dataCommand(
    'readings',
    'How readings changed once the AI’s answer was shown: of all readers, or a radiologist’s own.',
  )
    .option('--from <day>', 'signed on this day (UTC) or later, e.g. 2026-11-01', toDay)
    .option('--until <day>', 'signed before this day (UTC)', toDay)
    .action(readings)

/** Reads beside a running Gyrus: the record is opened for reading only, without taking the folder. */
async function readings({ json, dataDir, ...span }: Options): Promise<void> {
  const folder = await openFolder(chooseDataDir(dataDir))
  if (!hasRecord(folder)) throw new GyrusError('record-missing', { path: folder.database })
  const who = await mayRead(dataDir, 'readings')
  if (!json) console.error(BANNER)
  const store = await readRecord(folder)
  try {
    const changes = await changesSeenBy(store, readingSpanSchema.parse(span), who)
    console.log(json ? JSON.stringify(changes) : formatChanges(changes).join('\n'))
  } finally {
    await store.close()
  }
}

function toDay(text: string): string {
  const instant = `${text}T00:00:00.000Z`
  if (!readingSpanSchema.safeParse({ from: instant }).success) {
    throw new InvalidArgumentError('A day is needed, e.g. 2026-11-01.')
  }
  return instant
}
