import type { Command } from 'commander'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { findCase } from '../core/find-case.ts'
import { CASES_HEADER, formatCase } from './cases-format.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { whoMay } from './who.ts'

export const classifyListedCommand = () =>
  dataCommand('classify', 'Have the model read a case that is only listed, and the series that it is of.')
    .argument('<case>', 'its id, or the short code that reports print')
    .addHelpText('after', '\nEnds with 2 where a file could not be read.')
    // “gyrus cases” takes the same options, and is given them first.
    .action((name: string, _options, command: Command) => classify(name, command.optsWithGlobals()))

async function classify(name: string, { json, dataDir }: { json?: boolean; dataDir?: string }): Promise<void> {
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    const actor = await whoMay(core.store, 'review', 'cases')
    const id = await findCase(core.store, name)
    const queued = await core.store.queueListed([id], actor)
    if (!json) console.error(BANNER)
    await core.intake.resume(queued)
    await core.series.settle()
    const series = await core.store.seriesOf(id)
    const found = await Promise.all((series ? [{ id: series.id }] : queued).map((one) => core.store.getCase(one.id)))
    if (!json) console.log(CASES_HEADER)
    for (const one of found) console.log(json ? JSON.stringify(one) : formatCase(one))
    process.exitCode = found.some(({ state }) => state === 'failed') ? EXIT.someFailed : EXIT.ok
  } finally {
    await close()
  }
}
