import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { studyQuerySchema } from '../../src/shared/pacs.ts'
import { missing } from '../support/dicom-tools.ts'
import { hostilePacs, response } from '../support/hostile-pacs.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { clientOf, patience, retrieved, startArchive, startStore } from '../support/pacs.ts'
import { shared } from '../support/shared.ts'

const SERIES = shared('dicom/series-t1')
const STUDY_UID = '1.2.826.0.1.3680043.2.1143.2592092611698916978113112155415165916'
const SERIES_UID = '1.2.826.0.1.3680043.2.1143.515404396022363061013111326823367652'
/** Hexadecimal digits of pixels, with which each file ends. */
const TAIL = 20_000
const FILES = ['N2D_0012.dcm', 'N2D_0024.dcm', 'N2D_0036.dcm']

const query = (asked: object) => studyQuerySchema.parse(asked)
const paths = () => FILES.map((name) => join(SERIES as string, name))

const PEERS = {
  dcmqrscp: { reason: missing('dcmdump'), start: () => startArchive() },
  Orthanc: {
    reason: missing('dcmdump') ?? missing('orthanc'),
    start: async () => (await Orthanc.start(onTestFinished)).port,
  },
}

needsShared(SERIES)
describe.skipIf(SERIES === null).each(Object.entries(PEERS))('%s', (name, { reason, start }) => {
  it('is tested, searched, and sends what it has, byte for byte', async ({ skip }) => {
    if (reason) return skip(reason)
    const port = await start()
    const client = clientOf(port)
    const files = paths().map((path) => readFileSync(path))
    expect((await client.store(files, patience())).map(({ failure }) => failure)).toEqual([null, null, null])
    const test = await client.test(patience())
    expect(test.services).toEqual(expect.arrayContaining(['find', 'get', 'move']))

    const { studies, more } = await client.studies(query({ patientName: 'Jane', patientId: '02' }), patience())
    expect(more).toBe(false)
    expect(studies).toMatchObject([
      {
        ...{ studyUid: STUDY_UID, patientName: 'Jane_Doe', patientId: '02', studyDate: '2013-07-17' },
        description: 'Hanke_Stadler^0024_transrep',
      },
    ])
    for (const asked of [
      { patientId: '99' },
      { studyDateFrom: '2013-07-18' },
      { studyDateTo: '2013-07-16' },
      { patientName: 'oe' },
    ]) {
      expect(await client.studies(query(asked), patience()), JSON.stringify(asked)).toEqual({
        studies: [],
        more: false,
      })
    }
    const within = { studyDateFrom: '2013-07-17', studyDateTo: '2013-07-17', description: 'Stadler' }
    if (name === 'Orthanc') expect((await client.studies(query(within), patience())).studies).toHaveLength(1)

    const series = await client.series(STUDY_UID, patience())
    // DCMTK's archive does not count.
    const images3 = name === 'Orthanc' ? 3 : null
    expect(series).toMatchObject([{ seriesUid: SERIES_UID, modality: 'MR', images: images3 }])
    const images = await client.images(STUDY_UID, SERIES_UID, patience())
    expect(images).toHaveLength(3)

    const sent = new Map<string, Buffer>()
    const { uids, progress } = await retrieved(client, { studyUid: STUDY_UID, seriesUid: SERIES_UID }, (file) => {
      sent.set(file.sopInstanceUid, readFileSync(file.path))
      return 'kept'
    })
    expect(progress).toEqual({ done: 3, failed: 0, passed: 0, total: 3 })
    expect(new Set(uids)).toEqual(new Set(images.map(({ instanceUid }) => instanceUid)))
    const tails = paths().map((path) => readFileSync(path).toString('hex').slice(-TAIL))
    expect([...sent.values()].map((file) => file.toString('hex').slice(-TAIL)).sort()).toEqual(tails.sort())
    // The same object is the same bytes, whenever it comes.
    await retrieved(client, { studyUid: STUDY_UID, seriesUid: SERIES_UID }, (file) => {
      expect(readFileSync(file.path).equals(sent.get(file.sopInstanceUid) as Buffer)).toBe(true)
      return 'kept'
    })
    const whole = await retrieved(client, { studyUid: STUDY_UID, seriesUid: null })
    expect(whole.uids).toHaveLength(3)
  }, 90_000)
})

it('says of each object that is not taken why', async ({ skip }) => {
  const reason = missing('dcmdump')
  if (reason) return skip(reason)
  if (SERIES === null) return skip('not run: the shared data folder is not there')
  const compressed = readFileSync(shared('dicom/syntaxes/MR_small_jp2klossless.dcm') as string)
  const [plain] = paths().map((path) => readFileSync(path)) as [Buffer]
  // DCMTK's takes no JPEG 2000 unless it is told to.
  const stored = await clientOf(await startStore()).store([compressed, plain], patience())
  expect(stored).toMatchObject([
    { sopInstanceUid: expect.stringMatching(/^[\d.]+$/), failure: { code: 'pacs-not-offered' } },
    { failure: null },
  ])
  const full = await hostilePacs(async (caller) => {
    await caller.accept()
    // A command, and a data set of many PDUs.
    for (let last = false; !last; ) last = ((await caller.next())?.body.readUInt8(5) ?? 2) === 2
    caller.socket.write(response(0x8001, 0xa700, false))
    await caller.next()
  })
  const refused = await clientOf(full).store([plain], patience())
  expect(refused).toMatchObject([{ failure: { code: 'pacs-out-of-resources' } }])
  await expect(clientOf(1).store([Buffer.from('no DICOM')], patience())).rejects.toMatchObject({
    code: 'image-unsupported',
  })
}, 60_000)
