import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { INPUT, SIGNED } from '../../scripts/reference/dicom-result.ts'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import type { ReceivedObject } from '../../src/main/listener/protocol.ts'
import { webPeer } from '../../src/main/pacs/dicomweb/index.ts'
import type { Sink } from '../../src/main/pacs/peer.ts'
import type { Kept, Progress } from '../../src/main/pacs/protocol.ts'
import { unseal } from '../../src/main/sealed/format.ts'
import { studyQuerySchema, type WebSettings } from '../../src/shared/pacs.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { dataSetOf } from '../support/dcmtk.ts'
import { missing } from '../support/dicom-tools.ts'
import { webSettings } from '../support/dicomweb.ts'
import { needsShared } from '../support/needs-shared.ts'
import { Orthanc } from '../support/orthanc.ts'
import { shared } from '../support/shared.ts'
import { behindTls, selfSigned } from '../support/tls.ts'

const SERIES = shared('dicom/series-t1')
const REASON = missing('orthanc') ?? missing('orthancWeb') ?? missing('dcmdump')
const ANY = studyQuerySchema.parse({ modality: '' })

const peer = (one: WebSettings, secret: string | null = null) => webPeer(one, secret, new AbortController().signal)

const slices = () =>
  readdirSync(SERIES as string)
    .slice(0, 4)
    .map((name) => readFileSync(join(SERIES as string, name)))

/** Takes what comes; `files` are their contents, unsealed where there is a key. */
function sink({ key = null, keep = () => 'kept' }: { key?: Uint8Array | null; keep?: () => Kept } = {}) {
  const folder = temporaryFolder()
  const files: { received: ReceivedObject; content: Buffer }[] = []
  const progress: Progress[] = []
  const whole: Sink = {
    ...{ incoming: folder, key, maxObjectMegabytes: 512 },
    onObject: async (received) => {
      const bytes = readFileSync(received.path)
      files.push({ received, content: key ? (unseal(key, bytes) as Buffer) : bytes })
      return keep()
    },
    onProgress: (one) => progress.push(one),
  }
  return { whole, files, progress, left: () => readdirSync(folder) }
}

needsShared(SERIES)
it.skipIf(SERIES === null)(
  'a study is found, retrieved as it was stored, and given a report that is found in it',
  { timeout: 60_000 },
  async ({ skip }) => {
    if (REASON) return skip(REASON)
    const orthanc = await Orthanc.start(onTestFinished, { web: true })
    const sent = slices()
    for (const file of sent) await orthanc.store(file)
    const web = peer(webSettings(orthanc.url))
    expect(await web.test()).toMatchObject({ services: ['find'] })

    const { studies, more } = await web.studies(studyQuerySchema.parse({ patientName: 'Jane*' }))
    expect(more).toBe(false)
    expect(studies).toMatchObject([{ patientName: 'Jane_Doe', modalities: ['MR'], series: 1, images: sent.length }])
    const study = studies[0] as (typeof studies)[0]
    for (const other of [
      { patientName: 'John*' },
      { modality: 'CT' },
      { studyDateTo: '1970-01-01' },
      { accessionNumber: 'none such' },
    ])
      expect((await web.studies(studyQuerySchema.parse(other))).studies).toEqual([])
    const day = { studyDateFrom: study.studyDate, studyDateTo: study.studyDate }
    expect((await web.studies(studyQuerySchema.parse(day))).studies).toEqual([study])

    const [series] = await web.series(study.studyUid)
    expect(series).toMatchObject({ modality: 'MR', images: sent.length })
    const images = await web.images(study.studyUid, series?.seriesUid ?? '')
    expect(images.map(({ classUid }) => classUid)).toEqual(sent.map(() => '1.2.840.10008.5.1.4.1.1.4'))

    const taken = sink()
    const done = await web.retrieve({ studyUid: study.studyUid, seriesUid: null }, taken.whole)
    expect(done).toEqual({ done: sent.length, failed: 0, passed: expect.any(Number), total: sent.length })
    expect(taken.progress.at(-1)).toEqual(done)
    const bytesOf = (files: Buffer[]) => files.map((file) => dataSetOf(file).toString('base64')).sort()
    expect(bytesOf(taken.files.map(({ content }) => content))).toEqual(bytesOf(sent))
    const uids = images.map(({ instanceUid }) => instanceUid).sort()
    expect(taken.files.map(({ received }) => received.sopInstanceUid).sort()).toEqual(uids)

    // Sealed, a series alone, one that cannot be kept, and a disk that is full: it stops there.
    const key = new Uint8Array(32).fill(7)
    const kept: Kept[] = ['out-of-resources', 'failed', 'kept']
    const sealed = sink({ key, keep: () => kept.pop() as Kept })
    const what = { studyUid: study.studyUid, seriesUid: series?.seriesUid ?? '' }
    expect(await web.retrieve(what, sealed.whole)).toEqual({ done: 1, failed: 2, passed: 0, total: 4 })
    const whole = bytesOf(sent)
    expect(sealed.files).toHaveLength(3)
    for (const bytes of bytesOf(sealed.files.map(({ content }) => content))) expect(whole).toContain(bytes)
    expect(sealed.left()).toEqual([])
  },
)

it('stores objects, which are there once however often they are sent, and tells of one that is not taken', {
  timeout: 60_000,
}, async ({ skip }) => {
  if (REASON) return skip(REASON)
  const orthanc = await Orthanc.start(onTestFinished, { web: true })
  const web = peer(webSettings(orthanc.url))
  const [unread, signed] = [await structuredReport(INPUT), await structuredReport({ ...INPUT, verdict: SIGNED })]
  const objects = [unread.file, signed.file]
  const stored = [unread, signed].map(({ reference }) => ({ sopInstanceUid: reference.uid, failure: null }))
  expect(await web.store(objects)).toEqual(stored)
  expect(await web.store(objects)).toEqual(stored)
  expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 1, CountInstances: 2 })
  // Reports are no images: nothing is left of them, and nothing failed.
  const taken = sink()
  const { studies } = await web.studies(ANY)
  const done = await web.retrieve({ studyUid: studies[0]?.studyUid ?? '', seriesUid: null }, taken.whole)
  expect(done).toEqual({ done: 0, failed: 0, passed: 2, total: 0 })
  expect([taken.files, taken.left()]).toEqual([[], []])
  // What it says of itself is all there is of it.
  await expect(web.store([signed.file.slice(0, 400)])).rejects.toMatchObject({ code: 'pacs-status' })
})

it('says who it is over TLS, to a server whose certificate is trusted and is for it', { timeout: 60_000 }, async ({
  skip,
}) => {
  if (REASON) return skip(REASON)
  const own = selfSigned('127.0.0.1')
  const { certificate } = own
  const user = { name: 'gyrus', password: 'a secret – of ours' }
  const orthanc = await Orthanc.start(onTestFinished, { web: true, user })
  const url = await behindTls(orthanc.url, own)
  const basic = { auth: 'basic', user: user.name, ca: certificate } as const
  const codeOf = (one: Partial<WebSettings>, secret: string | null) =>
    peer(webSettings(url, one), secret)
      .studies(ANY)
      .then(
        ({ studies }) => studies,
        (error: { code: string }) => error.code,
      )
  expect(await codeOf(basic, user.password)).toEqual([])
  expect(await codeOf(basic, 'another')).toBe('pacs-forbidden')
  expect(await codeOf(basic, null)).toBe('pacs-forbidden')
  expect(await codeOf({ ...basic, ca: '' }, user.password)).toBe('pacs-tls')
  expect(await codeOf({ ...basic, ca: selfSigned('127.0.0.1').certificate }, user.password)).toBe('pacs-tls')
  const byName = url.replace('127.0.0.1', 'localhost')
  expect(await codeOf({ ...basic, url: byName }, user.password)).toBe('pacs-tls')
  expect(await codeOf({ ...basic, url: url.replace('https', 'http') }, user.password)).toBe('pacs-ended')
})
