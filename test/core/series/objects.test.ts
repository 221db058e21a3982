import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Core } from '../../../src/main/core/index.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../../src/shared/series.ts'
import { READER, signIn } from '../../support/accounts.ts'
import { anyCase } from '../../support/cases.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../../support/core.ts'
import { complaints, dcmtk, missing, python } from '../../support/dicom-tools.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { Orthanc } from '../../support/orthanc.ts'
import { shared } from '../../support/shared.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
/** Numbers of slices that the model finds a tumour in, and of such where it finds none. */
const SUSPICIOUS = [156, 180, 192, 204, 216]
const CALM = [240, 252, 264, 276]

/** The series of some slices, signed. */
async function signedSeries(numbers: number[]): Promise<{ core: Core; id: string }> {
  const folder = temporaryFolder()
  const slices = join(folder, 'slices')
  mkdirSync(slices)
  for (const n of numbers) {
    const name = `N2D_0${n}.dcm`
    copyFileSync(join(dirname(SLICE as string), name), join(slices, name))
  }
  const { core } = await openTestCore(join(folder, 'data'))
  await signIn(core)
  await openPaths(core, slices)
  await core.series.settle()
  const { rows } = await core.store.listCases(anyCase, 0, 10)
  const id = rows[0]?.id as string
  await ask(core, 'cases.review', { id, verdict: 'cannot-tell' })
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

needsShared(SLICE)
it.skipIf(SLICE === null)(
  'a signed series gives a report, a picture and key slices, which other software reads',
  async ({ skip }) => {
    const { core, id } = await signedSeries(SUSPICIOUS)
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
      { groups: [{ images: uids, texts: { 'Algorithm Parameters': 'series-rule=neighbours-1' } }, { images: uids }] },
    ])
    expect(python('dicom-objects/python/read_picture.py', picture)).toMatchObject({ sources: uids.slice(0, 1) })
    expect(python('dicom-objects/python/read_key_objects.py', selection)).toMatchObject({
      images: uids.map((uid) => [uid, []]),
    })
  },
  120_000,
)

it.skipIf(SLICE === null)(
  'a PACS has the objects of a series under the study of its slices, and no key slices where no tumour is called',
  async ({ skip }) => {
    const reason = missing('orthanc') ?? missing('dcmdump')
    if (reason) return skip(reason)
    const { core, id } = await signedSeries(CALM)
    expect(await core.store.getCase(id)).toMatchObject({ label: 'notumor' })
    const calm = await objectsOf(core, id)
    expect([...calm.keys()]).toEqual(['report.dcm', 'picture.dcm'])
    const suspicious = await signedSeries(SUSPICIOUS)
    const files = [...calm.values(), ...(await objectsOf(suspicious.core, suspicious.id)).values()]
    const orthanc = await Orthanc.start(onTestFinished)
    for (const file of files) await orthanc.store(file)
    // Two installations, so that each kind is a series of its own of either.
    expect(await orthanc.count()).toMatchObject({ CountStudies: 1, CountSeries: 5, CountInstances: 5 })
  },
  120_000,
)
