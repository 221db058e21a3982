import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { compareVersions } from '../../src/main/core/datasets/compare.ts'
import { mergePatients } from '../../src/main/core/datasets/merge.ts'
import { Staging } from '../../src/main/core/datasets/staging.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { Decision } from '../../src/shared/curation.ts'
import type { FrozenImage } from '../../src/shared/frozen-dataset.ts'
import { slice, write } from '../dataset/support.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { readTwice, saying } from '../support/second.ts'

const SLOW = 120_000

const bytes = (text: string) => Readable.from([Buffer.from(text)])

async function open(): Promise<Core> {
  return (await openTestCore(join(temporaryFolder(), 'data'))).core
}

/** Six images, of which `a` and `b` are one, on two sides. */
async function importLeaky(core: Core): Promise<void> {
  const folder = temporaryFolder()
  await write(folder, {
    'Training/glioma/a.png': slice(1),
    'Testing/glioma/b.png': slice(1),
    'Training/glioma/c.png': slice(2),
    'Training/no/d.png': slice(3),
    'Testing/no/e.png': slice(4),
    'Testing/no/f.png': slice(5),
  })
  await ask(core, 'datasets.import', { name: 'leaky', path: folder })
  await ended(core)
}

async function ended(core: Core) {
  await expect.poll(() => core.datasetImport.status.state, { timeout: 60_000 }).not.toBe('running')
  return core.datasetImport.status
}

describe('what a browser hands over', { timeout: SLOW }, () => {
  it.for<[string, string]>([
    ['a way out', '../a.png'],
    ['a way out further in', 'glioma/../../a.png'],
    ['a path of its own', '/etc/a.png'],
    ['a drive', 'C:/a.png'],
    ['a path of Windows', 'glioma\\a.png'],
    ['a hidden file', 'glioma/.a.png'],
    ['an empty folder name', 'glioma//a.png'],
    ['a device', 'nul/a.png'],
    ['a control character', 'glioma/a\u0000.png'],
    ['another kind of file', 'glioma/a.exe'],
    ['a manifest', 'dataset.json'],
    ['a long path', `${'a/'.repeat(400)}a.png`],
  ])('is refused by its path: %s', async ([, path]) => {
    const core = await open()
    const { id } = await ask(core, 'datasets.stage', { called: 'x' })
    await expect(core.staging.add(id, path, READER, bytes('x'))).rejects.toThrow('cannot be handed over')
    expect(readdirSync(core.folder.incoming)).toEqual([`staged-${id}`])
    expect(readdirSync(join(core.folder.incoming, `staged-${id}`))).toEqual([])
  })

  it('is that of one person, is written once, and goes at the next start', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const { core, close } = await openTestCore(dataDir)
    const { id } = await ask(core, 'datasets.stage', { called: 'x' })
    await core.staging.add(id, 'glioma/a.png', READER, bytes('x'))
    await expect(core.staging.add(id, 'glioma/a.png', READER, bytes('y'))).rejects.toThrow('cannot be handed over')
    await expect(core.staging.add(id, 'glioma/b.png', 'somebody else', bytes('y'))).rejects.toThrow('no longer kept')
    expect(readFileSync(join(core.folder.incoming, `staged-${id}`, 'glioma', 'a.png'), 'utf8')).toBe('x')
    const again = await ask(core, 'datasets.stage', { called: 'x' })
    expect(readdirSync(core.folder.incoming)).toEqual([`staged-${again.id}`])
    await close()
    const next = await openTestCore(dataDir)
    expect(readdirSync(next.core.folder.incoming)).toEqual([])
    await expect(ask(next.core, 'datasets.surveyStaged', { id: again.id })).rejects.toThrow('no longer kept')
  })

  it('has bounds: files, bytes of one and of all', async () => {
    const { folder } = await open()
    const staging = new Staging(folder, { files: 3, bytes: 25, fileBytes: 10 })
    const id = await staging.begin('x', READER)
    await expect(staging.add(id, 'a.png', READER, bytes('x'.repeat(11)))).rejects.toThrow('More cannot be handed over')
    await staging.add(id, 'a.png', READER, bytes('x'.repeat(10)))
    await expect(staging.add(id, 'b.png', READER, bytes('x'.repeat(9)))).rejects.toThrow('More cannot be handed over')
    expect(readdirSync(join(folder.incoming, `staged-${id}`))).toEqual(['a.png'])
    const more = new Staging(folder, { files: 1, bytes: 25, fileBytes: 10 })
    const other = await more.begin('x', READER)
    await more.add(other, 'a.png', READER, bytes('x'))
    await expect(more.add(other, 'b.png', READER, bytes('x'))).rejects.toThrow('More cannot be handed over')
  })

  it('is imported by a table in it, which may not lead out of it', async () => {
    const core = await open()
    const folder = temporaryFolder()
    await write(folder, { 'secret.png': slice(9) })
    const { id } = await ask(core, 'datasets.stage', { called: 'my set' })
    const add = (path: string, content: Buffer | string) =>
      core.staging.add(id, path, READER, Readable.from([Buffer.from(content)]))
    for (const seed of [1, 2]) await add(`${seed}.png`, await slice(seed).png().toBuffer())
    await add('set.csv', 'file,class\n1.png,glioma\n2.png,controls\n')
    await add('bad.csv', `file,class\n${join(folder, 'secret.png')},glioma\n`)
    expect(await ask(core, 'datasets.surveyStaged', { id })).toMatchObject({
      tables: ['bad.csv', 'set.csv'],
      problem: { code: 'dataset-unlabelled' },
    })
    expect((await ask(core, 'datasets.surveyStaged', { id, table: 'set.csv' })).classes).toMatchObject([
      { name: 'glioma', images: 1, label: 'glioma' },
      { name: 'controls', images: 1, label: null },
    ])
    await expect(ask(core, 'datasets.surveyStaged', { id, table: '../x.csv' })).rejects.toThrow('cannot be handed over')
    await ask(core, 'datasets.importStaged', { id, name: 'bad', table: 'bad.csv' })
    expect(await ended(core)).toMatchObject({ state: 'failed', failure: { code: 'dataset-outside' } })
    await ask(core, 'datasets.importStaged', { id, name: 'good', table: 'set.csv', map: { controls: 'notumor' } })
    expect(await ended(core)).toMatchObject({ state: 'done', name: 'good' })
    const { origin, images } = await ask(core, 'datasets.get', { name: 'good' })
    expect(images).toBe(2)
    const map = { controls: 'notumor' }
    expect(origin).toEqual({ kind: 'browser', folder: 'my set', table: 'set.csv', patients: null, map })
    await expect.poll(() => readdirSync(core.folder.incoming)).toEqual([])
  })
})

describe('a version', { timeout: SLOW }, () => {
  it('is looked through for copies; what was found lies beside it and is told as it is', async () => {
    const { core, close } = await openTestCore(join(temporaryFolder(), 'data'))
    await importLeaky(core)
    const leaky = { name: 'leaky', version: 1 }
    expect(await ask(core, 'datasets.audited', leaky)).toEqual({ found: null })
    await expect(ask(core, 'datasets.groups', leaky)).rejects.toThrow('was not looked through')
    await ask(core, 'datasets.audit', leaky)
    await expect(ask(core, 'datasets.audit', leaky)).rejects.toThrow('dataset-audit-busy')
    await expect.poll(() => core.datasetAudits.status.state, { timeout: 60_000 }).toBe('done')
    const { found } = await ask(core, 'datasets.audited', leaky)
    expect(found).toMatchObject({
      auditedBy: READER,
      exact: { groups: 1, images: 2, acrossSplits: 1, acrossClasses: 0 },
      testWithNearCopy: { n: 1, of: 3 },
      patientsOnBothSides: { n: 0 },
    })
    const { total, groups } = await ask(core, 'datasets.groups', { ...leaky, which: 'sides' })
    expect(total).toBe(1)
    expect(groups[0]?.images).toMatchObject([
      { file: 'Testing/glioma/b.png', label: 'glioma', split: 'testing', closest: { copy: 'Training/glioma/a.png' } },
      { file: 'Training/glioma/a.png', split: 'training', closest: null },
    ])
    expect(await ask(core, 'datasets.groups', { ...leaky, which: 'labels' })).toEqual({ total: 0, groups: [] })
    expect(core.datasetAudits.status).toEqual({ state: 'done', ...leaky })

    // What somebody changed there by hand is as good as none.
    const path = join(core.folder.datasets, 'leaky', '1', 'audit.json')
    expect(existsSync(path)).toBe(true)
    await close()
    writeFileSync(path, '{}')
    const { core: next } = await openTestCore(core.folder.root)
    expect(await ask(next, 'datasets.audited', leaky)).toEqual({ found: null })
  })

  it('becomes the next one by decisions, and stays as it is', async () => {
    const core = await open()
    await importLeaky(core)
    const path = join(core.folder.datasets, 'leaky', '1', 'dataset.json')
    const before = readFileSync(path)
    const decisions: Decision[] = [
      { act: 'keep-one', keep: 'Training/glioma/a.png', drop: ['Testing/glioma/b.png'] },
      { act: 'move', files: ['Training/glioma/c.png'], to: 'testing' },
      { act: 'drop', files: ['Testing/no/f.png'] },
    ]
    await ask(core, 'datasets.curate', { name: 'leaky', version: 1, decisions })
    expect(await ended(core)).toEqual({ state: 'done', name: 'leaky', version: 2, created: true })
    const set = await ask(core, 'datasets.get', { name: 'leaky' })
    const { contentSha256 } = await ask(core, 'datasets.get', { name: 'leaky', version: 1 })
    expect(set.origin).toEqual({ kind: 'curated', version: 1, contentSha256, dropped: 2, moved: 1, merged: 0 })
    expect(set.perClass).toMatchObject({ glioma: { images: 2, training: 1, testing: 1 }, notumor: { images: 2 } })
    expect(JSON.parse(readFileSync(set.path, 'utf8')).decisions).toEqual(decisions)
    expect(readFileSync(path)).toEqual(before)

    const compare = { name: 'leaky', version: 2, with: 1 }
    const { counts } = await ask(core, 'datasets.compare', { ...compare, which: null })
    expect(counts).toEqual({ same: 3, added: 0, removed: 2, relabelled: 0, moved: 1, regrouped: 0 })
    expect(await ask(core, 'datasets.compare', { ...compare, which: 'moved' })).toMatchObject({
      total: 1,
      changes: [{ file: 'Training/glioma/c.png', before: { split: 'training' }, after: { split: 'testing' } }],
    })
  })

  it('has copies be of one patient, whom no split parts', async () => {
    const core = await open()
    await importLeaky(core)
    const files = ['Training/glioma/a.png', 'Testing/glioma/b.png']
    await ask(core, 'datasets.curate', { name: 'leaky', version: 1, decisions: [{ act: 'merge', files }] })
    expect(await ended(core)).toMatchObject({ state: 'done', version: 2 })
    const set = await ask(core, 'datasets.get', { name: 'leaky' })
    expect(set).toMatchObject({ images: 6, patients: 1, origin: { dropped: 0, moved: 0, merged: 2 } })
    const { images } = JSON.parse(readFileSync(set.path, 'utf8')) as { images: FrozenImage[] }
    const hash = images.find(({ file }) => file.endsWith('a.png'))?.sha256.slice(0, 12)
    const named = images.filter(({ patient }) => patient !== null)
    expect(named.map(({ file, patient }) => [file, patient])).toEqual(
      files.toSorted().map((file) => [file, `copies-${hash}`]),
    )
    const compare = { name: 'leaky', version: 2, with: 1 }
    const { counts } = await ask(core, 'datasets.compare', { ...compare, which: null })
    expect(counts).toEqual({ same: 4, added: 0, removed: 0, relabelled: 0, moved: 0, regrouped: 2 })
    // Nothing more to do.
    await ask(core, 'datasets.curate', { name: 'leaky', version: 2, decisions: [{ act: 'merge', files }] })
    expect(await ended(core)).toMatchObject({ state: 'failed', failure: { code: 'dataset-decision-unfit' } })
  })

  it.for<[string, Decision[], string]>([
    ['name what is not there', [{ act: 'drop', files: ['x.png'] }], 'x.png is not in it'],
    [
      'contradict each other',
      [
        { act: 'drop', files: ['Testing/no/f.png'] },
        { act: 'move', files: ['Testing/no/f.png'], to: 'training' },
      ],
      'is in two of them',
    ],
    ['change nothing', [{ act: 'move', files: ['Testing/no/f.png'], to: 'testing' }], 'they change nothing'],
  ])('is not made of decisions that %s', async ([, decisions, reason]) => {
    const core = await open()
    await importLeaky(core)
    await ask(core, 'datasets.curate', { name: 'leaky', version: 1, decisions })
    const status = await ended(core)
    expect(status).toMatchObject({ state: 'failed', failure: { code: 'dataset-decision-unfit' } })
    expect(status.state === 'failed' && status.failure.message).toContain(reason)
  })

  it('with an image that was exchanged is not curated', async () => {
    const core = await open()
    await importLeaky(core)
    const { glioma } = await ask(core, 'datasets.samples', { name: 'leaky', version: 1 })
    const kept = glioma.find(({ file }) => file.endsWith('c.png'))?.sha256 ?? ''
    writeFileSync(join(core.folder.datasetFiles, kept.slice(0, 2), kept), 'x')
    await expect(core.datasetPictures.thumbnail('leaky', 1, kept)).rejects.toThrow('is missing or was changed')
    const decisions: Decision[] = [{ act: 'drop', files: ['Testing/no/f.png'] }]
    await ask(core, 'datasets.curate', { name: 'leaky', version: 1, decisions })
    expect(await ended(core)).toMatchObject({ state: 'failed', failure: { code: 'dataset-altered' } })
    expect((await ask(core, 'datasets.list', {})).sets).toHaveLength(1)
  })
})

describe('merged groups', () => {
  const image = (file: string, patient: string | null, fold: number | null = null): FrozenImage => ({
    ...{ file, sha256: file.repeat(64), label: 'glioma', patient, date: null, fold, split: 'training' },
    ...{ width: 1, height: 1 },
  })

  it('take along all images of their patients, and join through them', () => {
    const before = [
      image('a', 'p1', 2),
      image('b', null),
      image('c', 'p2', 4),
      image('d', 'p2', 4),
      image('e', 'p3', 0),
    ]
    // b is a copy of a, and c one of b: p1 and p2 are the same person.
    const after = mergePatients(before, [
      ['b', 'a'],
      ['c', 'b'],
    ])
    expect(after.map(({ file, patient, fold }) => [file, patient, fold])).toEqual([
      ['a', 'p1', 2],
      ['b', 'p1', 2],
      ['c', 'p1', 2],
      ['d', 'p1', 2],
      ['e', 'p3', 0],
    ])
    expect(mergePatients(before, [])).toEqual(before)
  })
})

describe('two versions', () => {
  const image = (file: string, hash: string, change: Partial<FrozenImage> = {}): FrozenImage => ({
    ...{ file, sha256: hash.repeat(64), label: 'glioma', patient: null, date: null, fold: null, split: 'training' },
    ...{ width: 1, height: 1 },
    ...change,
  })

  it('have the same image where its content is the same, also under another path', () => {
    const before = [image('a', '1'), image('b', '2'), image('c', '3'), image('d', '3'), image('e', '5')]
    const after = [
      image('a', '1', { label: 'notumor', split: 'testing' }),
      image('renamed', '2'),
      image('d', '3'),
      image('e', '6'),
    ]
    const { counts, changes } = compareVersions(before, after)
    expect(counts).toEqual({ same: 2, added: 1, removed: 2, relabelled: 1, moved: 1, regrouped: 0 })
    expect(changes.removed.map(({ file }) => file)).toEqual(['c', 'e'])
    expect(changes.added.map(({ file }) => file)).toEqual(['e'])
  })
})

describe('signed cases', { timeout: SLOW }, () => {
  it('on which two readers disagreed count with what was adjudicated, and not before', async () => {
    const { store } = await open()
    const waiting = await readTwice(store, 'glioma', null)
    const agreed = await readTwice(store, 'glioma', 'glioma')
    const disputed = await readTwice(store, 'glioma', 'meningioma')
    const settled = await readTwice(store, 'glioma', 'meningioma')
    await store.adjudicate({ ...saying(settled.id, 'Dr C', 'notumor'), verdictId: settled.verdictId })
    const labels = new Map((await store.signedScans(null)).map(({ caseId, label }) => [caseId, label]))
    expect(labels).toEqual(
      new Map([
        [agreed.id, 'glioma'],
        [settled.id, 'notumor'],
      ]),
    )
    expect([waiting.id, disputed.id].some((id) => labels.has(id))).toBe(false)
  })
})
