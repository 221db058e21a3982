import { setTimeout as sleep } from 'node:timers/promises'
import { GyrusError } from '../../shared/errors.ts'
import { type Retrieval, retrieveSchema } from '../../shared/pacs.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import type { Core } from '../core/index.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
  series?: string
}

const LOOK_MS = 200

export const getCommand = () =>
  dataCommand('get', 'Retrieve a study, or one series of it, as cases.')
    .argument('<name>', 'of the connection')
    .argument('<study>', 'its UID, as “gyrus pacs find” writes it')
    .option('--series <uid>', 'this series alone')
    .addHelpText('after', '\nClose the app first. Ends with 2 where some of it did not come.')
    .action(get)

async function get(name: string, studyUid: string, options: Options): Promise<void> {
  const { core, close } = await openCore(chooseDataDir(options.dataDir))
  const cancelled = new AbortController()
  const cancel = () => cancelled.abort()
  process.once('SIGINT', cancel)
  try {
    const by = await whoMay(core.store, 'review', 'pacs get')
    // For C-MOVE, which sends to the listener.
    await core.resume()
    const known = (await core.pacs.choices()).find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (!known) throw new GyrusError('pacs-unknown')
    const { data } = retrieveSchema.safeParse({ pacs: known.id, studyUid, seriesUid: options.series ?? null })
    if (!data) throw new GyrusError('request-invalid', { reason: 'this is no UID' })
    const ended = await follow(core, await core.pacs.retrieve(data, by), cancelled.signal)
    console.log(options.json ? JSON.stringify(ended) : format(ended))
    process.exitCode = ended.state === 'done' && ended.failure === null ? EXIT.ok : EXIT.someFailed
  } finally {
    process.off('SIGINT', cancel)
    await close()
  }
}

async function follow(core: Core, id: string, signal: AbortSignal): Promise<Retrieval> {
  for (;;) {
    const found = core.pacs.retrievals.find((one) => one.id === id)
    if (!found) throw new GyrusError('cancelled')
    if (found.state !== 'waiting' && found.state !== 'running') return found
    if (signal.aborted) core.pacs.cancel(id)
    await sleep(LOOK_MS)
  }
}

function format({ state, received, known, passed, failed, failure }: Retrieval): string {
  const counts = `${received} received, ${known} on record before, ${passed} passed over, ${failed} failed`
  return failure ? `${counts}\n${failure.message} ${failure.action} [${failure.code}]` : `${state}: ${counts}`
}
