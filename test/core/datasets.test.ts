import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { GyrusEvent, RequestInput } from '../../src/shared/contract.ts'
import type { ImportStatus } from '../../src/shared/frozen-dataset.ts'
import { slice, write } from '../dataset/support.ts'
import { READER, signIn } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { picture, writePicture } from '../support/images.ts'
import { bindReadOnly, mountSmallDisk } from '../support/mount.ts'

async function smallSet(): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < 6; i++) await write(folder, { [`${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(i) })
  return folder
}

/** Imports as a page does, and waits for the end. */
async function importSet(core: Core, input: RequestInput<'datasets.import'>): Promise<ImportStatus> {
  await ask(core, 'datasets.import', input)
  return ended(core)
}

async function ended(core: Core): Promise<ImportStatus> {
  const status = () => ask(core, 'datasets.importStatus', {})
  await expect.poll(async () => (await status()).state, { timeout: 60_000 }).not.toBe('running')
  return status()
}

const done = (name: string, version: number, created: boolean) => ({ state: 'done', name, version, created })

const names = async (core: Core) =>
  (await ask(core, 'datasets.list', {})).sets.map(({ name, version }) => `${name}@${version}`)

describe('an import', () => {
  it('is followed by events, and makes a version that can be looked at', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const events: GyrusEvent[] = []
    core.events.subscribe((event) => events.push(event))
    expect(await ask(core, 'datasets.importStatus', {})).toEqual({ state: 'idle' })
    const path = await smallSet()
    await write(path, { 'glioma/text.png': 'no image' })
    expect(await importSet(core, { name: 'small', path })).toEqual(done('small', 1, true))
    expect(events.filter(({ type }) => type === 'dataset-import').length).toBeGreaterThanOrEqual(3)
    const set = await ask(core, 'datasets.get', { name: 'small' })
    expect(set).toMatchObject({
      name: 'small',
      version: 1,
      importedBy: READER,
      origin: { kind: 'files', path, patients: null, map: {} },
      images: 6,
      sizes: [{ width: 128, height: 128, images: 6 }],
      unreadable: [{ file: 'glioma/text.png', failure: { code: 'image-unsupported' } }],
      path: join(core.folder.datasets, 'small', '1', 'dataset.json'),
    })
    expect(set.problems.map(({ code }) => code)).toEqual([
      'dataset-class-small',
      'dataset-class-empty',
      'dataset-class-small',
      'dataset-class-empty',
    ])
    const { sets } = await ask(core, 'datasets.list', {})
    expect(sets).toMatchObject([{ name: 'small', version: 1, images: 6, unreadable: 1, sha256: set.sha256 }])
    expect(readdirSync(core.folder.incoming)).toEqual([])
  })

  it('of other content makes the next version, of the same content none; old versions stay as they are', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const path = await smallSet()
    await importSet(core, { name: 'a', path })
    const first = readFileSync(join(core.folder.datasets, 'a/1/dataset.json'))
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 1, false))
    expect(await importSet(core, { name: 'a', path, map: { no: 'pituitary' } })).toEqual(done('a', 2, true))
    rmSync(join(path, 'glioma/0.png'))
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 3, true))
    await write(path, { 'glioma/0.png': slice(0) })
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 1, false))
    expect(await importSet(core, { name: 'b', path })).toEqual(done('b', 1, true))
    expect(await names(core)).toEqual(['a@3', 'a@2', 'a@1', 'b@1'])
    expect(readFileSync(join(core.folder.datasets, 'a/1/dataset.json'))).toEqual(first)
    expect((await ask(core, 'datasets.get', { name: 'a' })).images).toBe(5)
    expect((await ask(core, 'datasets.get', { name: 'a', version: 2 })).perClass.pituitary.images).toBe(3)
  })

  it('that cannot be is told by its code', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const path = await smallSet()
    await write(path, { 'yes/a.png': slice(9) })
    const failure = async (input: RequestInput<'datasets.import'>) => await importSet(core, input)
    expect(await failure({ name: 'a', path })).toMatchObject({
      state: 'failed',
      failure: { code: 'dataset-folders-unknown', action: expect.stringContaining('--map "folder=glioma"') },
    })
    expect(await failure({ name: 'a', path: join(path, 'gone') })).toMatchObject({ failure: { code: 'file-missing' } })
    await write(path, { 'set.csv': 'file,label\n', 'bad.csv': 'file,class\nbad.csv,glioma\n' })
    expect(await failure({ name: 'a', path: join(path, 'set.csv') })).toMatchObject({
      failure: { code: 'dataset-csv-columns' },
    })
    expect(await failure({ name: 'a', path: join(path, 'bad.csv') })).toMatchObject({
      failure: { code: 'dataset-none-readable' },
    })
    await expect(ask(core, 'datasets.import', { name: '../a', path })).rejects.toThrow('dataset-name-invalid')
    await expect(ask(core, 'datasets.importSigned', { name: 'files' })).rejects.toThrow('dataset-name-invalid')
    await expect(ask(core, 'datasets.get', { name: 'a' })).rejects.toThrow('dataset-unknown')
    expect(await names(core)).toEqual([])
  })

  it('goes one at a time, and can be cancelled', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const path = await smallSet()
    await ask(core, 'datasets.import', { name: 'a', path })
    await expect(ask(core, 'datasets.import', { name: 'b', path })).rejects.toThrow('dataset-import-busy')
    await ask(core, 'datasets.cancelImport', {})
    expect(await ask(core, 'datasets.importStatus', {})).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled' },
    })
    expect(await names(core)).toEqual([])
    expect(await importSet(core, { name: 'b', path })).toEqual(done('b', 1, true))
  })

  it('is ended when Gyrus closes', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    await ask(core, 'datasets.import', { name: 'a', path: await smallSet() })
    await close()
    expect(core.datasetImport.status).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } })
  })
})

describe('what a kill leaves', () => {
  it('between moving a version to its place and its row is no version, and in nobody’s way', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    const path = await smallSet()
    await importSet(core, { name: 'a', path })
    // The state in between: a whole version in its place, of which the record knows nothing.
    mkdirSync(join(core.folder.datasets, 'a/2'))
    copyFileSync(join(core.folder.datasets, 'a/1/dataset.json'), join(core.folder.datasets, 'a/2/dataset.json'))
    mkdirSync(join(core.folder.incoming, 'half'))
    writeFileSync(join(core.folder.incoming, 'half', 'dataset.json'), '{')
    await close()
    const { core: next } = await openTestCore(dataDir)
    expect(readdirSync(next.folder.incoming)).toEqual([])
    expect(await names(next)).toEqual(['a@1'])
    await write(path, { 'glioma/new.png': slice(7) })
    expect(await importSet(next, { name: 'a', path })).toEqual(done('a', 2, true))
    expect(await ask(next, 'datasets.get', { name: 'a' })).toMatchObject({ version: 2, images: 7 })
  })
})

describe('a version that was tampered with', () => {
  it.for([
    ['changed', (file: string) => writeFileSync(file, `${readFileSync(file, 'utf8')} `)],
    ['removed', (file: string) => rmSync(dirname(file), { recursive: true })],
  ] as const)('(%s) is refused; its content can be imported again as a new one', async ([, spoil]) => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const path = await smallSet()
    await importSet(core, { name: 'a', path })
    spoil(join(core.folder.datasets, 'a/1/dataset.json'))
    await expect(ask(core, 'datasets.get', { name: 'a' })).rejects.toThrow('dataset-altered')
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 2, true))
    expect((await ask(core, 'datasets.get', { name: 'a' })).version).toBe(2)
  })
})

describe('signed cases', { timeout: 60_000 }, () => {
  async function coreWithCases() {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const file = async (name: string, seed: number) => writePicture(folder, name, seed)
    const files = [await file('agreed.png', 1), await file('other.png', 2), await file('unsure.png', 3)]
    files.push(await file('unread.png', 4), await file('twice.png', 5), join(folder, 'text.png'))
    writeFileSync(join(folder, 'text.png'), 'no image')
    copyFileSync(join(folder, 'twice.png'), join(folder, 'copy.png'))
    const outcomes = await openPaths(core, ...files, join(folder, 'copy.png'))
    const ids = outcomes.map(({ caseId }) => caseId as string)
    type Verdict = 'agree' | 'disagree' | 'cannot-tell'
    const review = (index: number, verdict: Verdict, label: 'glioma' | 'notumor' | null) =>
      ask(core, 'cases.review', { id: ids[index] as string, verdict, label })
    const sign = async (index: number, verdict: Verdict, label: 'glioma' | 'notumor' | null) => {
      const { id, verdicts } = await review(index, verdict, label)
      await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id as number })
    }
    return {
      core,
      ids,
      review,
      sign,
      aiLabel: async (i: number) => (await ask(core, 'cases.get', { id: ids[i] as string })).label,
    }
  }

  it('become a set: the AI’s label where the reader agreed, else the reader’s', async () => {
    const { core, ids, review, sign, aiLabel } = await coreWithCases()
    // What is not signed is a draft.
    await review(3, 'disagree', 'glioma')
    await ask(core, 'datasets.importSigned', { name: 'signed' })
    expect(await ended(core)).toMatchObject({ state: 'failed', failure: { code: 'dataset-none-signed' } })
    await review(2, 'disagree', 'glioma')
    await sign(2, 'cannot-tell', null)
    await sign(6, 'disagree', 'notumor')
    await sign(0, 'agree', null)
    await sign(1, 'disagree', 'notumor')
    // The very same scan as 6, but a draft.
    await review(4, 'disagree', 'glioma')
    await ask(core, 'datasets.importSigned', { name: 'signed' })
    expect(await ended(core)).toEqual(done('signed', 1, true))
    const { path, origin } = await ask(core, 'datasets.get', { name: 'signed' })
    expect(origin).toEqual({ kind: 'signed', since: null, cannotTell: 1, superseded: 0 })
    const { images } = JSON.parse(readFileSync(path, 'utf8'))
    const expected = [
      [`${ids[0]}/agreed.png`, await aiLabel(0)],
      [`${ids[1]}/other.png`, 'notumor'],
      [`${ids[6]}/copy.png`, 'notumor'],
    ]
    expect(images.map(({ file, label }: { file: string; label: string }) => [file, label])).toEqual(expected.sort())
    expect(images[0]).toMatchObject({ patient: null, date: null, split: null, fold: null, width: 128, height: 128 })

    await ask(core, 'datasets.importSigned', { name: 'signed' })
    expect(await ended(core)).toEqual(done('signed', 1, false))
    await ask(core, 'datasets.importSigned', { name: 'signed', since: '2999-01-01' })
    expect(await ended(core)).toMatchObject({ failure: { code: 'dataset-none-signed' } })
    // The very same scan is signed again; what was signed last counts.
    await sign(4, 'disagree', 'glioma')
    const since = new Date().toISOString().slice(0, 10)
    await ask(core, 'datasets.importSigned', { name: 'signed', since })
    expect(await ended(core)).toEqual(done('signed', 2, true))
    const second = await ask(core, 'datasets.get', { name: 'signed' })
    expect(second.origin).toEqual({ kind: 'signed', since, cannotTell: 1, superseded: 1 })
    // An amended verdict takes the place of the signed one.
    const { id, verdicts } = await ask(core, 'cases.get', { id: ids[0] as string })
    const label = (await aiLabel(0)) === 'glioma' ? 'notumor' : 'glioma'
    const amended = { id, amends: verdicts[0]?.id as number, verdict: 'disagree', label, reason: 'biopsy' } as const
    await ask(core, 'cases.amend', amended)
    await ask(core, 'datasets.importSigned', { name: 'signed' })
    expect(await ended(core)).toEqual(done('signed', 3, true))
    const third = await ask(core, 'datasets.get', { name: 'signed' })
    const all = JSON.parse(readFileSync(third.path, 'utf8')).images as { file: string; label: string }[]
    expect(all.find(({ file }) => file.endsWith('agreed.png'))?.label).toBe(label)
    expect(all.find(({ file }) => file.endsWith('twice.png'))?.label).toBe('glioma')
  })

  it('whose stored scan was altered are left out and told', async () => {
    const { core, ids, sign } = await coreWithCases()
    await sign(0, 'agree', null)
    await sign(1, 'agree', null)
    const { scan } = await ask(core, 'cases.get', { id: ids[1] as string })
    const sha256 = scan?.sha256 as string
    writeFileSync(join(core.folder.scans, sha256.slice(0, 2), sha256), 'x')
    await ask(core, 'datasets.importSigned', { name: 'signed' })
    expect(await ended(core)).toEqual(done('signed', 1, true))
    expect(await ask(core, 'datasets.get', { name: 'signed' })).toMatchObject({
      images: 1,
      unreadable: [{ file: `${ids[1]}/other.png`, failure: { code: 'dataset-file-altered' } }],
    })
  })
})

describe('the disk', () => {
  it('full while images are copied: no version, no pieces; with room again it goes on', async ({ skip }) => {
    const dataDir = join(temporaryFolder(), 'data')
    const problem = mountSmallDisk(dataDir, 8000)
    skip(problem !== null, problem ?? '')
    const { core } = await openTestCore(dataDir)
    const path = await smallSet()
    // Each of them fits, both do not.
    for (const seed of [1, 2]) {
      writeFileSync(join(path, `no/${seed}.tif`), await picture(seed, 900).tiff({ compression: 'none' }).toBuffer())
    }
    const { bavail, bsize } = statfsSync(dataDir)
    writeFileSync(join(dataDir, 'filler'), Buffer.alloc(bavail * bsize - 1_200_000))
    expect(await importSet(core, { name: 'a', path })).toMatchObject({
      state: 'failed',
      failure: { code: 'disk-full' },
    })
    expect(readdirSync(core.folder.incoming)).toEqual([])
    expect(await names(core)).toEqual([])
    rmSync(join(dataDir, 'filler'))
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 1, true))
  })

  it('that cannot be written any more: the data folder’s code', async ({ skip }) => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    mkdirSync(core.folder.datasets)
    const problem = bindReadOnly(core.folder.datasets)
    skip(problem !== null, problem ?? '')
    expect(await importSet(core, { name: 'a', path: await smallSet() })).toMatchObject({
      state: 'failed',
      failure: { code: 'data-folder-unusable' },
    })
  })

  it('that takes the copies but not the row: the version is taken back', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    await signIn(core)
    const path = await smallSet()
    const other = new SQLite(core.folder.database)
    other.exec('begin immediate')
    expect(await importSet(core, { name: 'a', path })).toMatchObject({ failure: { code: 'database-locked' } })
    other.exec('rollback')
    other.close()
    expect(readdirSync(join(core.folder.datasets, 'a'))).toEqual([])
    expect(await importSet(core, { name: 'a', path })).toEqual(done('a', 1, true))
  }, 60_000)
})
