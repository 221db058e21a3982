import type { Command } from 'commander'
import { toGyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { findCase } from '../core/find-case.ts'
import { pacsNamed } from '../core/pacs/named.ts'
import { dataCommand } from './data-command.ts'
import { whoMay } from './who.ts'

interface Options {
  to: string
  json?: boolean
  dataDir?: string
}

export const sendCommand = () =>
  dataCommand('send', 'Send report and picture of a DICOM case to a PACS, into the study of its images.')
    .argument('<case>', 'its id, or the short code that reports print')
    .requiredOption('--to <pacs>', 'the connection, by its name')
    .addHelpText(
      'after',
      '\nOnly of signed cases, unless the department allows others. Close the app first. What does not arrive is tried again\nwhile Gyrus runs.',
    )
    // “gyrus cases” takes the same options, and is given them first.
    .action((name: string, _options, command: Command) => send(name, command.optsWithGlobals<Options>()))

async function send(name: string, { to, json, dataDir }: Options): Promise<void> {
  if (!json) console.error(BANNER)
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    const actor = await whoMay(core.store, 'review', 'cases')
    const pacs = await pacsNamed(core.store, to)
    const id = await findCase(core.store, name)
    const sending = await core.sendings.ask(id, pacs.id, actor)
    const failure = await core.sendings.now(sending).then(
      () => null,
      (error: unknown) => toGyrusError(error),
    )
    const [found] = await core.store.sendingsOf(id)
    if (json) console.log(JSON.stringify(found))
    else if (failure === null) console.log(`Sent to ${pacs.name}.`)
    if (failure !== null) throw failure
  } finally {
    await close()
  }
}
