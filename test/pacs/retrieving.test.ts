import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { noOpenssl } from '../support/certificates.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { missing } from '../support/dicom-tools.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { clientOf, fill, patience, retrieved, startArchive, startStore } from '../support/pacs.ts'
import { shared } from '../support/shared.ts'
import { behindTls, selfSigned } from '../support/tls.ts'

const SERIES = shared('dicom/series-t1')
const REASON = missing('dcmdump') ?? missing('orthanc')
const STUDY = '1.2.826.0.1.3680043.2.1143.2592092611698916978113112155415165916'
const WHOLE = { studyUid: STUDY, seriesUid: null }
const ROOT = '1.2.826.0.1.3680043.10.1711.77'
/** Of other kinds than images: Comprehensive SR, Greyscale Softcopy Presentation State. */
const OTHERS = ['1.2.840.10008.5.1.4.1.1.88.33', '1.2.840.10008.5.1.4.1.1.11.1']
/** Blending Softcopy Presentation State, which is not asked for at all. */
const RARE = '1.2.840.10008.5.1.4.1.1.11.4'

const slices = () =>
  readdirSync(SERIES as string)
    .sort()
    .map((name) => join(SERIES as string, name))

/** An object of the shared series' study that holds no image. */
function other(classUid: string, at: number): string {
  const path = join(temporaryFolder(), 'other.dcm')
  const elements = {
    524310: element(0x0008_0016, 'UI', classUid),
    524312: element(0x0008_0018, 'UI', `${ROOT}.${at}`),
    524384: element(0x0008_0060, 'CS', classUid === OTHERS[0] ? 'SR' : 'PR'),
    1048592: element(0x0010_0010, 'PN', 'Jane_Doe'),
    1048608: element(0x0010_0020, 'LO', '02'),
    2097165: element(0x0020_000d, 'UI', STUDY),
    2097166: element(0x0020_000e, 'UI', `${ROOT}.9${at}`),
  }
  writeFileSync(path, dicomFile(elements))
  return path
}

const ARCHIVES = {
  dcmqrscp: () => startArchive(),
  Orthanc: async () => (await Orthanc.start(onTestFinished)).port,
}

needsShared(SERIES)
describe.skipIf(SERIES === null)('retrieving', () => {
  it.each(Object.entries(ARCHIVES))(
    'passes over reports and presentation states among the images, and says how many: %s',
    async (_, start) => {
      if (REASON) return
      const port = await start()
      await fill(port, ...slices().slice(0, 2), ...OTHERS.map(other))
      const study = await retrieved(clientOf(port), WHOLE)
      expect(study.progress).toEqual({ done: 2, failed: 0, passed: 2, total: 2 })
      expect(study.uids).toHaveLength(2)
    },
    90_000,
  )

  it('passes over what an archive counts as failed because nobody here takes its kind', async ({ skip }) => {
    if (REASON) return skip(REASON)
    for (const retrieveBy of ['get', 'move'] as const) {
      const taking = await startArchive({ aeTitle: 'GYRUS', port: await startStore() })
      await fill(taking, ...slices().slice(0, 2), ...[...OTHERS, RARE].map(other))
      const { progress } = await retrieved(clientOf(taking, { retrieveBy }), WHOLE)
      const passed = retrieveBy === 'get' ? 3 : 0
      expect(progress, retrieveBy).toEqual({ done: 5 - passed, failed: 0, passed, total: 5 - passed })
    }
  }, 90_000)

  it('comes by TLS, from an archive behind an end of TLS', async ({ skip }) => {
    const reason = REASON ?? noOpenssl()
    if (reason) return skip(reason)
    const port = await startArchive()
    await fill(port, ...slices().slice(0, 3))
    const own = selfSigned('127.0.0.1')
    const secure = Number(new URL(await behindTls(`http://127.0.0.1:${port}`, own)).port)
    const tls = { on: true, check: 'host', ca: own.certificate, certificate: '' } as const
    const { uids, progress } = await retrieved(clientOf(secure, { tls }), WHOLE)
    expect(progress).toEqual({ done: 3, failed: 0, passed: 0, total: 3 })
    expect(uids).toHaveLength(3)
    const strange = { ...tls, ca: selfSigned('127.0.0.1').certificate }
    await expect(retrieved(clientOf(secure, { tls: strange }), WHOLE)).rejects.toMatchObject({ code: 'pacs-tls' })
  }, 90_000)

  it.each(Object.entries(ARCHIVES))(
    'is cancelled in the middle of a C-GET: what came stays, and the archive is free again: %s',
    async (_, start) => {
      if (REASON) return
      const port = await start()
      await fill(port, ...slices())
      const client = clientOf(port)
      const ending = new AbortController()
      let came = 0
      const asked = client.retrieve(WHOLE, {
        signal: ending.signal,
        onObject: async () => {
          came += 1
          if (came === 3) ending.abort()
          return 'kept'
        },
        onProgress: () => undefined,
      })
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
      expect(came).toBeGreaterThanOrEqual(3)
      expect(came).toBeLessThan(slices().length)
      expect((await client.test(patience())).services).toContain('get')
      expect((await retrieved(client, WHOLE)).uids).toHaveLength(slices().length)
    },
    120_000,
  )

  it('is cancelled in the middle of a C-MOVE, which then sends no more', async ({ skip }) => {
    if (REASON) return skip(REASON)
    // It takes a second for each.
    const port = await startArchive({ aeTitle: 'GYRUS', port: await startStore('--sleep-after', '1') })
    await fill(port, ...slices())
    const client = clientOf(port, { retrieveBy: 'move' })
    const ending = new AbortController()
    let done = 0
    const began = performance.now()
    const asked = client.retrieve(WHOLE, {
      signal: ending.signal,
      onObject: async () => 'kept',
      onProgress: (progress) => {
        done = progress.done
        if (done >= 2) ending.abort()
      },
    })
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    expect(done).toBeLessThan(slices().length)
    expect(performance.now() - began).toBeLessThan(slices().length * 1_000)
    expect((await client.test(patience())).services).toContain('move')
  }, 120_000)
})
