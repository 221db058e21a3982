import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { FolderWatch } from '../../src/main/core/sources/folder-watch.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { DEFAULT_RULE, type SourceRule } from '../../src/shared/source-rule.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

const ID = '0193b0c0-0000-7000-8000-000000000001'

function watch(core: Core, path: string, rule: SourceRule = DEFAULT_RULE): FolderWatch {
  const parts = { store: core.store, intake: core.intake, onChange: () => undefined, lookEachMs: 50 }
  const watching = new FolderWatch(parts, { id: ID, on: true, path, subFolders: true }, rule)
  onTestFinished(() => watching.close())
  return watching
}

const names = async (core: Core): Promise<string[]> => {
  const { rows } = await core.store.listCases(caseQuerySchema.parse({ sources: ['folder'] }), 0, 100)
  return rows.map(({ fileName }) => fileName).sort()
}

/** Waits until the folder has been looked through `n` more times: what was to be taken has been. */
async function looks(watching: FolderWatch, n = 3): Promise<void> {
  for (let seen = 0, last = watching.status.lookedAt; seen < n; ) {
    await vi.waitFor(() => expect(watching.status.lookedAt).not.toBe(last), 10_000)
    last = watching.status.lookedAt
    seen += 1
  }
}

it('takes what is complete, in sub-folders too, and nothing twice', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const folder = temporaryFolder()
  await writePicture(folder, 'a.png')
  const watching = watch(core, folder)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png']), 15_000)
  mkdirSync(join(folder, 'b', 'c'), { recursive: true })
  await writePicture(join(folder, 'b', 'c'), 'd.png', 2)
  writeFileSync(join(folder, 'notes.txt'), 'no scan')
  writeFileSync(join(folder, '1.2.840.77'), 'no scan either')
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png', 'd.png']), 15_000)
  // The same bytes under another name.
  await writePicture(folder, 'again.png')
  await vi.waitFor(
    () => expect(watching.status.today).toEqual({ received: 2, known: 1, refused: 0, passed: {} }),
    15_000,
  )
  expect(await names(core)).toEqual(['a.png', 'd.png'])
  expect(watching.status).toMatchObject({ state: 'ready', failure: null, waiting: 0, problems: [] })
}, 60_000)

it('waits for a file that is still being written', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const folder = temporaryFolder()
  const path = join(folder, 'slow.dcm')
  writeFileSync(path, 'no DICOM yet')
  // Always another one by the next look.
  const writing = setInterval(() => appendFileSync(path, Buffer.alloc(100)), 5)
  onTestFinished(() => clearInterval(writing))
  const watching = watch(core, folder)
  await looks(watching, 6)
  expect(await names(core)).toEqual([])
  expect(watching.status.waiting).toBe(1)
  clearInterval(writing)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['slow.dcm']), 15_000)
}, 60_000)

it('takes after a restart what came meanwhile, and reads nothing again', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const folder = temporaryFolder()
  await writePicture(folder, 'a.png')
  const before = watch(core, folder)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png']), 15_000)
  await before.close()
  await writePicture(folder, 'b.png', 2)
  const after = watch(core, folder)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png', 'b.png']), 15_000)
  // Had it been read again, it would have been counted as known.
  await looks(after)
  expect(after.status.today).toEqual({ received: 1, known: 0, refused: 0, passed: {} })
}, 60_000)

it('follows no links', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
  await writePicture(elsewhere, 'secret.png')
  symlinkSync(elsewhere, join(folder, 'link'))
  symlinkSync(join(elsewhere, 'secret.png'), join(folder, 'secret.png'))
  symlinkSync(folder, join(folder, 'round'))
  await writePicture(folder, 'a.png', 2)
  const watching = watch(core, folder)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png']), 15_000)
  await looks(watching)
  expect(await names(core)).toEqual(['a.png'])
}, 60_000)

it('bears files that vanish, and a folder that is away for a while', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const parent = temporaryFolder()
  const folder = join(parent, 'in')
  mkdirSync(folder)
  const watching = watch(core, folder)
  await looks(watching, 1)
  const gone = await writePicture(folder, 'gone.png')
  rmSync(gone)
  renameSync(folder, join(parent, 'away'))
  await vi.waitFor(() => expect(watching.status.failure?.code).toBe('file-missing'), 15_000)
  expect(watching.status.state).toBe('failed')
  renameSync(join(parent, 'away'), folder)
  await writePicture(folder, 'b.png', 2)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['b.png']), 15_000)
  expect(watching.status).toMatchObject({ state: 'ready', failure: null })
}, 60_000)

it('tells of a file that is too large, and takes the others', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'huge.dcm'), '')
  truncateSync(join(folder, 'huge.dcm'), 600 * 2 ** 20)
  await writePicture(folder, 'a.png')
  const watching = watch(core, folder)
  await vi.waitFor(async () => expect(await names(core)).toEqual(['a.png']), 15_000)
  await vi.waitFor(() => expect(watching.status.problems).toHaveLength(1), 15_000)
  expect(watching.status.problems[0]).toMatchObject({
    path: join(folder, 'huge.dcm'),
    failure: { code: 'file-too-large' },
  })
}, 60_000)

it('is set by an administrator, and refuses what cannot be watched', async () => {
  const data = temporaryFolder()
  const { core } = await openTestCore(data)
  await core.resume()
  const folder = temporaryFolder()
  const add = (path: string) => ask(core, 'sources.add-folder', { path, subFolders: true })
  for (const path of ['a', join(folder, 'none'), data, join(data, 'scans'), '/']) {
    await expect(add(path)).rejects.toThrow('source-folder-unfit')
  }
  await add(folder)
  await expect(add(folder)).rejects.toThrow('source-folder-unfit')
  const [watched] = (await ask(core, 'sources.list', {})).folders
  const id = watched?.id ?? ''
  expect(watched).toMatchObject({ path: folder, on: true, subFolders: true })
  await ask(core, 'sources.set-folder', { id, on: false, subFolders: false })
  expect((await ask(core, 'sources.list', {})).folders).toMatchObject([{ state: 'off', subFolders: false }])
  await ask(core, 'sources.remove-folder', { id })
  expect((await ask(core, 'sources.list', {})).folders).toEqual([])
  await expect(ask(core, 'sources.remove-folder', { id })).rejects.toThrow('source-unknown')
}, 60_000)
