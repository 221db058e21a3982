import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { type Element, find, textsOf } from '../../src/main/engine/deidentify/element.ts'
import { readFile } from '../../src/main/engine/deidentify/file.ts'
import { CALLER, READER, signIn, signInRole } from '../support/accounts.ts'
import { verify } from '../support/audit.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { complaints, missing } from '../support/dicom-tools.ts'
import { writePicture } from '../support/images.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')

const TAGS = {
  instance: 0x0008_0018,
  name: 0x0010_0010,
  study: 0x0020_000d,
  completion: 0x0040_a491,
  verification: 0x0040_a493,
  predecessors: 0x0040_a360,
}

async function openSlice(folder: string) {
  const { core, close } = await openTestCore(folder)
  await signIn(core)
  const [outcome] = await openPaths(core, SLICE as string)
  return { core, close, id: outcome?.caseId as string }
}

const codeOf = async (core: Core, id: string, caller = CALLER) => {
  const reply = await core.request('cases.objects', { id }, caller)
  return 'failure' in reply ? reply.failure.code : 'ok'
}

/** What a page fetches. */
async function fetched(core: Core, id: string): Promise<Record<string, Uint8Array>> {
  const { path } = await ask(core, 'cases.objects', { id })
  const [, ticket = '', name] = path.split('/')
  expect(name).toMatch(/^gyrus-dicom-[0-9A-F]{4}-[0-9A-F]{4}\.zip$/)
  const download = core.downloads.take(ticket)
  const parts = await Array.fromAsync(download?.content ?? [])
  return unzipSync(Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))))
}

async function elementsOf(files: Record<string, Uint8Array>, name: string): Promise<Element[]> {
  return readFile(files[name] as Uint8Array, await loadDictionary()).elements
}
const textOf = (elements: Element[], tag: number) => textsOf(find(elements, tag))[0]

/** Instances of a sequence of documents by study and series. */
/** Of the reader who verified. */
function organisationIn(elements: Element[]): string | undefined {
  const observers = find(elements, 0x0040_a073)
  return observers?.kind === 'sequence' ? textOf(observers.items[0] ?? [], 0x0040_a027) : undefined
}

function instancesIn(elements: Element[], tag: number): (string | undefined)[] {
  const itemsOf = (inside: Element[], one: number) => {
    const found = find(inside, one)
    return found?.kind === 'sequence' ? found.items : []
  }
  return itemsOf(elements, tag)
    .flatMap((study) => itemsOf(study, 0x0008_1115))
    .flatMap((series) => itemsOf(series, 0x0008_1199))
    .map((instance) => textOf(instance, 0x0008_1155))
}

needsShared(SLICE)
it.skipIf(SLICE === null)(
  'objects are made of signed cases, and an amendment supersedes them',
  async () => {
    const { core, close, id } = await openSlice(temporaryFolder())
    expect(await codeOf(core, id)).toBe('objects-not-signed')
    await ask(core, 'cases.review', { id, verdict: 'agree' })
    expect(await codeOf(core, id)).toBe('objects-not-signed')

    await ask(core, 'objects.set', { beforeSigning: true })
    const draft = await elementsOf(await fetched(core, id), 'report.dcm')
    expect([TAGS.completion, TAGS.verification].map((tag) => textOf(draft, tag))).toEqual(['PARTIAL', 'UNVERIFIED'])
    await ask(core, 'objects.set', { beforeSigning: false })
    expect(await codeOf(core, id)).toBe('objects-not-signed')

    const { verdicts, dicom } = await ask(core, 'cases.get', { id })
    await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    const files = await fetched(core, id)
    expect(Object.keys(files).sort()).toEqual(['picture.dcm', 'report.dcm'])
    const signed = await elementsOf(files, 'report.dcm')
    expect([TAGS.completion, TAGS.verification].map((tag) => textOf(signed, tag))).toEqual(['COMPLETE', 'VERIFIED'])
    expect([TAGS.study, TAGS.name].map((tag) => textOf(signed, tag))).toEqual([dicom?.studyUid, 'Jane_Doe'])
    expect(instancesIn(signed, TAGS.predecessors)).toEqual([textOf(draft, TAGS.instance)])
    expect(textOf(await elementsOf(files, 'picture.dcm'), TAGS.study)).toBe(dicom?.studyUid)
    // Sent twice it is one object, whatever the organisation is called by then.
    expect(await fetched(core, id)).toEqual(files)
    await ask(core, 'objects.set', { organisation: ' St Mary Hospital ' })
    expect(await fetched(core, id)).toEqual(files)
    expect(organisationIn(signed)).toBe('Not stated')

    await ask(core, 'cases.amend', {
      ...{ id, amends: verdicts[0]?.id as number, reason: 'Biopsy' },
      ...{ verdict: 'disagree', label: 'other', comment: 'Known to Jane Roe' },
    })
    const amended = await elementsOf(await fetched(core, id), 'report.dcm')
    expect(organisationIn(amended)).toBe('St Mary Hospital')
    expect(instancesIn(amended, TAGS.predecessors)).toEqual([signed, draft].map((one) => textOf(one, TAGS.instance)))
    // What was superseded is made no more; it is on record which it was.
    expect((await core.store.objectsOf(id)).map(({ kind }) => kind)).toEqual(['SR', 'SC', 'SR', 'SC', 'SR', 'SC'])

    const { entries } = await ask(core, 'audit.list', {
      query: { acts: ['case.objects-made'] },
      after: null,
      limit: 10,
    })
    expect(entries.map(({ actor, subject }) => [actor, subject])).toEqual(Array(5).fill([READER, id]))
    expect(JSON.parse(entries[0]?.detail ?? '')).toMatchObject({
      objects: [{ kind: 'SR', uid: textOf(amended, TAGS.instance) }, { kind: 'SC' }],
      signed: true,
    })
    for (const secret of ['Jane', 'Doe', 'Roe', dicom?.studyUid as string])
      expect(entries.map(({ detail }) => detail).join()).not.toContain(secret)
    await close()
    expect(await verify(core.folder.database)).toMatchObject({ broken: null })
  },
  60_000,
)

it.skipIf(SLICE === null)(
  'what is made of a real slice is standard DICOM',
  async (context) => {
    const reason = missing('dciodvfy')
    if (reason) return context.skip(reason)
    const { core, id } = await openSlice(temporaryFolder())
    await ask(core, 'objects.set', { beforeSigning: true })
    const unread = await fetched(core, id)
    await ask(core, 'cases.review', { id, verdict: 'disagree', label: 'meningioma', comment: 'Dural tail' })
    const { verdicts } = await ask(core, 'cases.get', { id })
    await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    for (const files of [unread, await fetched(core, id)])
      for (const [name, file] of Object.entries(files)) expect(complaints(file).errors, name).toEqual([])
  },
  60_000,
)

it('pictures have none, and only those who read make them', async () => {
  const folder = temporaryFolder()
  const { core } = await openTestCore(`${folder}/data`)
  await signIn(core)
  const [picture] = await openPaths(core, await writePicture(folder, 'one.png', 1))
  const id = picture?.caseId as string
  await ask(core, 'cases.review', { id, verdict: 'agree' })
  const { verdicts } = await ask(core, 'cases.get', { id })
  await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
  expect(await codeOf(core, id)).toBe('objects-not-dicom')
  expect(await codeOf(core, id, await signInRole(core, 'auditor'))).toBe('not-allowed')
  const radiologist = await signInRole(core, 'radiologist')
  expect(await codeOf(core, id, radiologist)).toBe('objects-not-dicom')
  const set = await core.request('objects.set', { beforeSigning: true }, radiologist)
  expect(set).toMatchObject({ failure: { code: 'not-allowed' } })
})
