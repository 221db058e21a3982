import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { find, textsOf } from '../../src/main/engine/deidentify/element.ts'
import { readFile } from '../../src/main/engine/deidentify/file.ts'
import { type CaseRow, caseQuerySchema } from '../../src/shared/cases.ts'
import { DEFAULT_LISTENER } from '../../src/shared/sources.ts'
import { signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { dcmtk } from '../support/dcmtk.ts'
import { missing } from '../support/dicom-tools.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { addPacs, byDimse, byWeb, sendingIs } from '../support/sending.ts'
import { shared } from '../support/shared.ts'

const SERIES = shared('dicom/series-t1')
const REASON = missing('orthanc') ?? missing('orthancWeb') ?? missing('dcmdump')
/** All of those in the folder. */
const SLICES = 32
/** Slices that come become a series when no more have come for a while. */
const CALM_MS = 6_000

const TAGS = { classUid: 0x0008_0016, study: 0x0020_000d, verification: 0x0040_a493 }
const REPORT = '1.2.840.10008.5.1.4.1.1.88.34'

/** What the work list makes of the slices, once it has not changed for a while. */
async function listed(core: Core): Promise<CaseRow[]> {
  for (let rows: CaseRow[] = [], since = Date.now(); ; ) {
    const now = (await ask(core, 'cases.list', { query: caseQuerySchema.parse({}) })).rows
    const told = (all: CaseRow[]) => all.map(({ id, state }) => `${id} ${state}`).join()
    if (told(now) !== told(rows)) since = Date.now()
    const ready = now.length > 0 && now.every(({ state }) => state === 'analysed')
    if (ready && Date.now() - since > CALM_MS) return now
    rows = now
    await sleep(250)
  }
}

needsShared(SERIES)
it.skipIf(SERIES === null).for([
  ['by STOW-RS', byWeb],
  ['by C-STORE', byDimse],
] as const)(
  'DCMTK sends the series to Gyrus, a reader signs, and the PACS has the report in the study: %s',
  { timeout: 240_000 },
  async ([, by], { skip }) => {
    if (REASON) return skip(REASON)
    const paths = readdirSync(SERIES as string)
      .sort()
      .map((name) => join(SERIES as string, name))
    expect(paths).toHaveLength(SLICES)
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    for (const path of paths) await orthanc.store(readFileSync(path))
    const [{ ID: study = '' } = { ID: '' }] = await orthanc.json<{ ID: string }[]>('studies?expand')

    const { core } = await openTestCore(temporaryFolder())
    await signIn(core)
    await core.resume()
    await ask(core, 'sending.set', { to: await addPacs(core, by(orthanc)) })
    const peers = [{ aeTitle: 'MR1', address: '127.0.0.1' }]
    await ask(core, 'sources.set-listener', { ...DEFAULT_LISTENER, on: true, port: 0, peers })
    const port = await vi.waitFor(async () => {
      const { listening } = (await ask(core, 'sources.list', {})).listener
      if (!listening) throw new Error('it does not listen')
      return listening.port
    }, 30_000)
    const { text } = await dcmtk('storescu', '-v', '-aet', 'MR1', '-aec', 'GYRUS', '127.0.0.1', String(port), ...paths)
    expect(text.match(/Received Store Response \(Success\)/g)).toHaveLength(SLICES)

    const rows = await listed(core)
    expect(rows).toMatchObject([{ description: expect.stringContaining(`${SLICES} slices`) }])
    for (const { id } of rows) {
      // The model does not judge the series: the reader says what it is.
      await ask(core, 'cases.review', { id, verdict: 'own', label: 'notumor' })
      const { verdicts } = await ask(core, 'cases.get', { id })
      await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    }
    for (const { id } of rows) expect((await sendingIs(core, id, 'sent')).failure).toBeNull()

    expect((await orthanc.count()).CountStudies).toBe(1)
    const dictionary = await loadDictionary()
    const instances = await orthanc.json<{ MainDicomTags: { SOPInstanceUID: string } }[]>(`studies/${study}/instances`)
    const files: Uint8Array[] = []
    for (const { MainDicomTags: of } of instances) files.push(await orthanc.fetch(of.SOPInstanceUID))
    const reports = files
      .map((file) => readFile(file, dictionary).elements)
      .filter((elements) => textsOf(find(elements, TAGS.classUid))[0] === REPORT)
    expect(reports).toHaveLength(rows.length)
    const image = readFile(readFileSync(paths[0] as string), dictionary).elements
    for (const report of reports) {
      expect(textsOf(find(report, TAGS.study))).toEqual(textsOf(find(image, TAGS.study)))
      expect(textsOf(find(report, TAGS.verification))).toEqual(['VERIFIED'])
    }
  },
)
