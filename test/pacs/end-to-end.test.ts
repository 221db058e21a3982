import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { find, textsOf } from '../../src/main/engine/deidentify/element.ts'
import { readFile } from '../../src/main/engine/deidentify/file.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
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
/** Of those in the folder: through the middle of the head. */
const FIRST = 16
const SLICES = 3

const TAGS = { classUid: 0x0008_0016, instance: 0x0008_0018, study: 0x0020_000d, verification: 0x0040_a493 }
const REPORT = '1.2.840.10008.5.1.4.1.1.88.34'

needsShared(SERIES)
it.skipIf(SERIES === null).for([
  ['by STOW-RS', byWeb],
  ['by C-STORE', byDimse],
] as const)(
  'DCMTK sends slices of a series to Gyrus, a reader signs, and the PACS has the report in the study: %s',
  { timeout: 240_000 },
  async ([, by], { skip }) => {
    if (REASON) return skip(REASON)
    const paths = readdirSync(SERIES as string)
      .sort()
      .slice(FIRST, FIRST + SLICES)
      .map((name) => join(SERIES as string, name))
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

    // Whatever the work list makes of the slices: what is on it is read and signed.
    const unread = caseQuerySchema.parse({ states: ['received'] })
    await vi.waitFor(async () => expect((await core.store.listCases(unread, 0, 10)).total).toBe(0), {
      timeout: 120_000,
      interval: 250,
    })
    const { rows } = await ask(core, 'cases.list', { query: caseQuerySchema.parse({}) })
    expect(rows.length).toBeGreaterThan(0)
    for (const { id } of rows) {
      await ask(core, 'cases.review', { id, verdict: 'agree' })
      const { verdicts } = await ask(core, 'cases.get', { id })
      await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    }
    for (const { id } of rows) expect((await sendingIs(core, id, 'sent')).failure).toBeNull()

    expect((await orthanc.count()).CountStudies).toBe(1)
    const dictionary = await loadDictionary()
    const instances = await orthanc.json<{ MainDicomTags: { SOPInstanceUID: string } }[]>(`studies/${study}/instances`)
    const files = await Promise.all(instances.map(({ MainDicomTags: { SOPInstanceUID: uid } }) => orthanc.fetch(uid)))
    const reports = files
      .map((file) => readFile(file, dictionary).elements)
      .filter((elements) => textsOf(find(elements, TAGS.classUid))[0] === REPORT)
    expect(reports).toHaveLength(rows.length)
    const image = readFile(readFileSync(paths[0] as string), dictionary).elements
    for (const report of reports) {
      expect(textsOf(find(report, TAGS.study))).toEqual(textsOf(find(image, TAGS.study)))
      expect(textsOf(find(report, TAGS.verification))).toEqual(['VERIFIED'])
    }
    // Each of them names slices that were sent.
    const sent = paths.map((path) => textsOf(find(readFile(readFileSync(path), dictionary).elements, TAGS.instance))[0])
    const named = files.map((file) => Buffer.from(file).toString('latin1'))
    for (const uid of sent) expect(named.filter((text) => text.includes(uid as string)).length).toBeGreaterThan(1)
  },
)
