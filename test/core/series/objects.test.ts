import { expect, it, onTestFinished } from 'vitest'
import type { Core } from '../../../src/main/core/index.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../../src/shared/series.ts'
import { READER, signIn } from '../../support/accounts.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { ask, openTestCore } from '../../support/core.ts'
import { complaints, dcmtk, missing, python } from '../../support/dicom-tools.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { Orthanc } from '../../support/orthanc.ts'
import { openRealSeries, REAL, REAL_SLICE } from '../../support/series.ts'

/** The series of some slices, signed. */
async function signedSeries(
  numbers: number[],
  verdict: { verdict: 'cannot-tell' } | { verdict: 'disagree'; label: 'notumor' | 'glioma' } = {
    verdict: 'cannot-tell',
  },
): Promise<{ core: Core; id: string }> {
  const { core } = await openTestCore(temporaryFolder())
  await signIn(core)
  const id = await openRealSeries(core, numbers)
  await ask(core, 'cases.review', { id, ...verdict })
  const { verdicts } = await ask(core, 'cases.get', { id })
  await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
  return { core, id }
}

const objectsOf = async (core: Core, id: string) => {
  const { files } = await core.objects.ofCase(id, { actor: READER, way: 'as a download' })
  return new Map(files.map(({ name, content }) => [name, content]))
}

async function uidsOf(core: Core, id: string): Promise<string[]> {
  const series = await core.store.seriesOf(id)
  const places = [series?.key ?? 0, ...(series?.deciding ?? []).filter((place) => place !== series?.key)]
  const cases = await Promise.all(places.map((place) => core.store.getCase(series?.slices[place]?.caseId ?? '')))
  return cases.map(({ dicom }) => dicom?.instanceUid ?? '')
}

needsShared(REAL_SLICE)
it.skipIf(REAL_SLICE === null)(
  'a signed series gives a report, a picture and key slices, which other software reads',
  async ({ skip }) => {
    const { core, id } = await signedSeries(REAL.suspicious)
    expect(await core.store.getCase(id)).toMatchObject({ state: 'signed', series: { id, slices: 5 } })
    const files = await objectsOf(core, id)
    expect([...files.keys()]).toEqual(['report.dcm', 'picture.dcm', 'key-slices.dcm'])
    // Made again they are the same, and the record has one of each.
    expect(await objectsOf(core, id)).toEqual(files)
    expect((await core.store.objectsOf(id)).map(({ kind }) => kind)).toEqual(['SR', 'SC', 'KO'])

    const uids = await uidsOf(core, id)
    expect(new Set(uids).size).toBe(3)
    const [report, picture, selection] = [...files.values()] as [Uint8Array, Uint8Array, Uint8Array]
    const reason = missing('dciodvfy') ?? missing('dcmdump') ?? missing('dicomPython')
    if (reason) return skip(reason)
    for (const [name, file] of files) expect(complaints(file).errors, name).toEqual([])
    for (const file of [report, selection]) {
      const text = dcmtk('dsrdump', file, '+Pl')
      for (const part of [SERIES_RULE.text, SERIES_CAUTIONS.untested, 'series of 5 slices'])
        expect(text).toContain(part)
    }
    expect(python('dicom-objects/python/read_report.py', report)).toMatchObject([
      { groups: [{ images: uids, texts: { 'Algorithm Parameters': 'series-rule=neighbours-2' } }, { images: uids }] },
    ])
    expect(python('dicom-objects/python/read_picture.py', picture)).toMatchObject({ sources: uids.slice(0, 1) })
    expect(python('dicom-objects/python/read_key_objects.py', selection)).toMatchObject({
      images: uids.map((uid) => [uid, []]),
    })
  },
  120_000,
)

it.skipIf(REAL_SLICE === null)(
  'a PACS has the objects of a series under the study of its slices, and no key slices where no tumour is called',
  async ({ skip }) => {
    const reason = missing('orthanc') ?? missing('dcmdump')
    if (reason) return skip(reason)
    const { core, id } = await signedSeries(REAL.calm)
    expect(await core.store.getCase(id)).toMatchObject({ label: 'notumor' })
    const calm = await objectsOf(core, id)
    expect([...calm.keys()]).toEqual(['report.dcm', 'picture.dcm'])
    const suspicious = await signedSeries(REAL.suspicious)
    const files = [...calm.values(), ...(await objectsOf(suspicious.core, suspicious.id)).values()]
    const orthanc = await Orthanc.start(onTestFinished)
    for (const file of files) await orthanc.store(file)
    // Two installations, so that each kind is a series of its own of either.
    expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 5, CountInstances: 5 })
  },
  120_000,
)

it.skipIf(REAL_SLICE === null)(
  'slices are called suspicious unless the reader who signed saw no tumour',
  async () => {
    const none = await signedSeries(REAL.suspicious, { verdict: 'disagree', label: 'notumor' })
    expect([...(await objectsOf(none.core, none.id)).keys()]).toEqual(['report.dcm', 'picture.dcm'])
    const other = await signedSeries(REAL.suspicious, { verdict: 'disagree', label: 'glioma' })
    expect([...(await objectsOf(other.core, other.id)).keys()]).toContain('key-slices.dcm')
  },
  120_000,
)
