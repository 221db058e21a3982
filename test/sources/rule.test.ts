import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { DEFAULT_RULE, type SourceRule } from '../../src/shared/source-rule.ts'
import { DEFAULT_LISTENER, LISTENER } from '../../src/shared/sources.ts'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { dcmtk } from '../support/dcmtk.ts'
import { writePicture } from '../support/images.ts'

const UIDS = { mr: '1.2.826.0.1.1', ct: '1.2.826.0.1.2', none: '1.2.826.0.1.3', scout: '1.2.826.0.1.4' }
const CT_CLASS = '1.2.840.10008.5.1.4.1.1.2'

/** An image with what a rule goes by, and a head to be looked at in it. */
function image(uid: string, { modality = '', bodyPart = '', series = '', sopClass = '1.2.840.10008.5.1.4.1.1.4' }) {
  const pixels = Uint16Array.from({ length: 4096 }, (_, at) => (at % 64) * 16 + Number(uid.at(-1)))
  return dicomFile({
    524310: element(0x00080016, 'UI', sopClass),
    524312: element(0x00080018, 'UI', uid),
    524384: modality ? element(0x00080060, 'CS', modality) : null,
    528446: element(0x0008103e, 'LO', series),
    1048592: element(0x00100010, 'PN', 'Doe^Jane'),
    1048608: element(0x00100020, 'LO', '4711'),
    1572885: bodyPart ? element(0x00180015, 'CS', bodyPart) : null,
    2145386512: element(0x7fe00010, 'OW', new Uint8Array(pixels.buffer)),
  })
}

function write(folder: string, name: string, content: Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function fourImages(): { folder: string; files: Record<keyof typeof UIDS, string> } {
  const folder = temporaryFolder()
  return {
    folder,
    files: {
      mr: write(folder, 'mr.dcm', image(UIDS.mr, { modality: 'MR', bodyPart: 'HEAD', series: 'T1 post' })),
      ct: write(folder, 'ct.dcm', image(UIDS.ct, { modality: 'CT', sopClass: CT_CLASS })),
      none: write(folder, 'none.dcm', image(UIDS.none, { bodyPart: 'KNEE' })),
      scout: write(folder, 'scout.dcm', image(UIDS.scout, { modality: 'MR', series: 'Localizer' })),
    },
  }
}

async function openListening(core: Core, rule: Partial<SourceRule> = {}): Promise<number> {
  await core.resume()
  const settings = { ...DEFAULT_LISTENER, on: true, port: 0, peers: [{ aeTitle: 'MR1', address: '127.0.0.1' }] }
  await ask(core, 'sources.set-rule', { id: LISTENER, rule: { ...DEFAULT_RULE, ...rule } })
  await ask(core, 'sources.set-listener', settings)
  const listener = async () => (await ask(core, 'sources.list', {})).listener
  await vi.waitFor(async () => expect((await listener()).state).toBe('ready'), 30_000)
  return (await listener()).listening?.port as number
}

/** One association each: what a peer is told of an image. */
async function send(port: number, path: string): Promise<string> {
  const { text } = await dcmtk('storescu', '-d', '-aet', 'MR1', '-aec', 'GYRUS', '127.0.0.1', String(port), path)
  const said = text.split('\n').filter((line) => /DIMSE Status|Error Comment|\(0000,0902\)/.test(line))
  return said.join(' ')
}

const rows = async (core: Core, query: object = {}) =>
  (await core.store.listCases(caseQuerySchema.parse(query), 0, 100)).rows
const today = async (core: Core) => (await ask(core, 'sources.list', {})).listener.today

it('a peer is told of each image that the rule does not take, and why; the page counts them', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const port = await openListening(core, { bodyParts: ['HEAD', 'BRAIN'], notDescribedBy: ['localizer'] })
  const { files } = fourImages()
  expect(await send(port, files.mr)).toContain('0x0000')
  expect(await send(port, files.ct)).toMatch(/0x0124.*modality/)
  expect(await send(port, files.none)).toMatch(/0x0124.*body part/)
  expect(await send(port, files.scout)).toMatch(/0x0124.*description/)
  expect(await today(core)).toEqual({
    ...{ received: 1, known: 0, refused: 0 },
    passed: { modality: 1, 'body-part': 1, description: 1 },
  })
  expect((await rows(core)).map(({ fileName }) => fileName)).toEqual([`${UIDS.mr}.dcm`])
  // In force at once, for the same object too, and the association need not begin anew.
  await ask(core, 'sources.set-rule', { id: LISTENER, rule: { ...DEFAULT_RULE, modalities: [] } })
  expect(await send(port, files.ct)).toContain('0x0000')
  expect((await rows(core)).map(({ fileName }) => fileName).sort()).toEqual([`${UIDS.mr}.dcm`, `${UIDS.ct}.dcm`].sort())
}, 120_000)

it('a rule that only lists has cases wait for a reader, over a restart too', async () => {
  const data = temporaryFolder()
  const first = await openTestCore(data)
  const port = await openListening(first.core, { does: 'list' })
  const { files } = fourImages()
  expect(await send(port, files.mr)).toContain('0x0000')
  expect(await send(port, files.mr)).toContain('0x0000')
  const [listed] = await rows(first.core, { states: ['listed'], search: 'doe', patientId: '4711' })
  expect(listed).toMatchObject({ state: 'listed', patientName: 'Doe, Jane', description: 'T1 post', label: null })
  const id = listed?.id ?? ''
  // It can be looked at before it is classified.
  expect((await first.core.images.pixels(id)).header).toMatchObject({ width: 64, height: 64 })
  await first.close()

  const { core } = await openTestCore(data)
  await core.resume()
  await core.intake.resume(await core.store.pendingCases())
  expect((await ask(core, 'cases.get', { id })).state).toBe('listed')
  expect(await ask(core, 'cases.classify', { ids: [id] })).toEqual({ queued: 1 })
  await vi.waitFor(async () => expect((await ask(core, 'cases.get', { id })).state).toBe('analysed'), 60_000)
  const { entries } = await ask(core, 'cases.timeline', { id })
  expect(entries.map(({ act, actor }) => [act, actor])).toEqual([
    ['case.listed', 'dicom:MR1'],
    ['case.opened', READER],
    ['case.queued', READER],
    ['case.analysed', 'gyrus'],
  ])
  await expect(ask(core, 'cases.classify', { ids: [id] })).rejects.toThrow('case-not-listed')
}, 120_000)

it('a folder takes what its rule takes, reads nothing again, and looks again when the rule changes', async () => {
  const { core } = await openTestCore(temporaryFolder())
  await core.resume()
  const { folder } = fourImages()
  await writePicture(folder, 'picture.png')
  write(folder, 'report.dcm', dicomFile({ 524310: element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.88.34') }))
  write(folder, 'damaged.dcm', image('1.2.826.0.1.9', { modality: 'MR' }).subarray(0, 500))
  await ask(core, 'sources.add-folder', { path: folder, subFolders: true })
  const watched = async () => (await ask(core, 'sources.list', {})).folders[0]
  const id = (await watched())?.id ?? ''
  const rule = { ...DEFAULT_RULE, pictures: false, does: 'list' as const }
  await ask(core, 'sources.set-rule', { id, rule })
  const passed = { modality: 1, 'no-image': 1, picture: 1 }
  await vi.waitFor(async () => expect((await watched())?.today).toMatchObject({ received: 4, passed }), 40_000)
  const states = async () => Object.fromEntries((await rows(core)).map(({ fileName, state }) => [fileName, state]))
  // A damaged file is no one's to wait for: it says what is wrong.
  await vi.waitFor(async () =>
    expect(await states()).toEqual({
      ...{ 'mr.dcm': 'listed', 'none.dcm': 'listed', 'scout.dcm': 'listed', 'damaged.dcm': 'failed' },
    }),
  )
  await ask(core, 'sources.set-rule', { id, rule: { ...rule, modalities: ['MR', 'CT'], pictures: true } })
  await vi.waitFor(async () => expect((await watched())?.today).toMatchObject({ received: 2, known: 0 }), 40_000)
  expect(await states()).toMatchObject({ 'ct.dcm': 'listed', 'picture.png': 'listed' })
  await expect(ask(core, 'sources.set-rule', { id: crypto.randomUUID(), rule })).rejects.toThrow('source-unknown')
}, 120_000)
