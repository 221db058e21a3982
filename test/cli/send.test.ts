import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { v7 as uuidv7 } from 'uuid'
import { expect, it, onTestFinished } from 'vitest'
import { caseCode } from '../../src/shared/case-code.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { missing } from '../support/dicom-tools.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { byWeb } from '../support/sending.ts'
import { shared } from '../support/shared.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
const REASON = missing('orthanc') ?? missing('orthancWeb') ?? missing('dcmdump')
const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** Not as one step: Orthanc runs beside it. */
async function gyrus(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args])
  const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, error, status }
}

needsShared(SLICE)
it.skipIf(SLICE === null)(
  'sends a signed case to a PACS by its name, and says why not',
  async ({ skip }) => {
    if (REASON) return skip(REASON)
    const dataDir = join(temporaryFolder(), 'data')
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    const { core, close } = await openTestCore(dataDir)
    const [opened] = await openPaths(core, SLICE as string)
    const caseId = opened?.caseId as string
    // Without accounts, so that the command asks for none.
    await core.store.setPacs({ id: uuidv7(), settings: byWeb(orthanc) }, 'Dr Test')
    await core.store.review({ caseId, reader: 'Dr Test', verdict: 'agree', label: null, comment: '' })
    await close()
    const send = (to: string, ...more: string[]) =>
      gyrus('cases', 'send', caseCode(caseId), '--to', to, '--data-dir', dataDir, ...more)
    expect(await send('ARCHIVE')).toMatchObject({ status: 1, error: expect.stringContaining('[objects-not-signed]') })
    expect(await send('another')).toMatchObject({ status: 1, error: expect.stringContaining('[pacs-unknown]') })

    const { core: again, close: closeAgain } = await openTestCore(dataDir)
    const [verdict] = (await again.store.getCase(caseId)).verdicts
    await again.store.sign({ caseId, verdictId: verdict?.id as number, reader: 'Dr Test' })
    await closeAgain()
    expect(await send('archive')).toMatchObject({ status: 0, out: 'Sent to ARCHIVE.\n' })
    expect(await orthanc.count()).toMatchObject({ CountInstances: 2 })
    await orthanc.stop()
    const failed = await send('ARCHIVE', '--json')
    expect(failed).toMatchObject({ status: 1, error: expect.stringContaining('[pacs-unreachable]') })
    expect(JSON.parse(failed.out)).toMatchObject({ caseId, state: 'waiting', tries: 1, failure: {} })
  },
  180_000,
)
