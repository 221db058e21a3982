import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readImageBytes } from '../../src/main/engine/dataset/bytes.ts'
import { type FreezeInput, freezeDataset } from '../../src/main/engine/dataset/freeze.ts'
import { storedPath } from '../../src/main/engine/dataset/keep-file.ts'
import { readDataset } from '../../src/main/engine/dataset/read.ts'
import { lockReference } from '../../src/main/engine/gate/reference.ts'
import { readTraits } from '../../src/main/engine/shortcuts/read-traits.ts'
import type { DatasetManifest, FrozenContent } from '../../src/shared/frozen-dataset.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { shared } from '../support/shared.ts'
import { audit, slice, write } from './support.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const FOLLOWING = { signal: new AbortController().signal, onProgress: () => undefined }

function newStore(): FreezeInput['store'] {
  const root = temporaryFolder()
  const store = { files: join(root, 'datasets', 'files'), incoming: join(root, 'incoming') }
  mkdirSync(store.incoming)
  return store
}

const freeze = (from: FreezeInput['from'], store = newStore()) => freezeDataset({ from, store }, FOLLOWING)

/** Puts what was frozen where the core would. */
async function writeManifest(store: FreezeInput['store'], content: FrozenContent): Promise<string> {
  const manifest: DatasetManifest = {
    format: 1,
    name: 'small',
    version: 1,
    importedAt: '2026-11-24T10:00:00.000Z',
    importedBy: 'Dr Test',
    origin: { kind: 'files', path: '/somewhere', patients: null, map: {} },
    ...content,
  }
  await write(join(store.files, '..'), { 'small/1/dataset.json': JSON.stringify(manifest) })
  return join(store.files, '..', 'small', '1', 'dataset.json')
}

async function smallSet(): Promise<string> {
  const folder = temporaryFolder()
  await write(folder, {
    'Train/glioma/b.png': slice(1),
    'Train/glioma/a.jpg': slice(2),
    'Test/no/c.png': slice(3).resize(64, 96),
    'Test/no/c-again.png': slice(3).resize(64, 96),
    'Test/no/text.png': 'no image',
    'patients.csv':
      'file,patient,fold,date\nTrain/glioma/b.png,P1,0,2020-01-02\nTest/no/c.png,P1,1,\nTrain/glioma/a.jpg,P2,,\n',
  })
  return folder
}

describe('freezing', () => {
  it('says what every image is, and keeps each file once under its hash', async () => {
    const [path, store] = [await smallSet(), newStore()]
    const content = await freeze({ path, patients: join(path, 'patients.csv') }, store)
    const hash = (file: string) => sha256(readFileSync(join(path, file)))
    const [a, b, c] = ['Train/glioma/a.jpg', 'Train/glioma/b.png', 'Test/no/c.png'].map(hash) as [
      string,
      string,
      string,
    ]
    const c64 = { sha256: c, label: 'notumor', split: 'testing', date: null, width: 64, height: 96 }
    const glioma = { label: 'glioma', split: 'training', width: 128, height: 128 }
    expect(content.images).toEqual([
      { file: 'Test/no/c-again.png', patient: null, fold: null, ...c64 },
      { file: 'Test/no/c.png', patient: 'P1', fold: 1, ...c64 },
      { file: 'Train/glioma/a.jpg', sha256: a, patient: 'P2', fold: null, date: null, ...glioma },
      { file: 'Train/glioma/b.png', sha256: b, patient: 'P1', fold: 0, date: '2020-01-02', ...glioma },
    ])
    expect(content).toMatchObject({
      perClass: { glioma: { images: 2, training: 2 }, notumor: { images: 2, testing: 2 }, pituitary: { images: 0 } },
      patients: 2,
      patientsInTwoClasses: ['P1'],
      sizes: [
        { width: 128, height: 128, images: 2 },
        { width: 64, height: 96, images: 2 },
      ],
      unreadable: [{ file: 'Test/no/text.png', failure: { code: 'image-unsupported' } }],
    })
    const kept = readdirSync(store.files, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    expect(kept.map(({ name }) => name).sort()).toEqual([a, b, c].sort())
    expect(readFileSync(storedPath(store.files, a))).toEqual(readFileSync(join(path, 'Train/glioma/a.jpg')))
    expect(readdirSync(store.incoming)).toEqual([])
  })

  it('hashes the files as sha256sum does, and beside it what they are said to be', async () => {
    const path = await smallSet()
    const content = await freeze({ path })
    const lines = content.images.map((image) => `${image.sha256}  ${image.file}\n`)
    expect(content.sha256).toBe(sha256(lines.join('')))
    const described = content.images.map(
      ({ file, sha256, label, split }) => `${JSON.stringify([file, sha256, label, null, null, null, split])}\n`,
    )
    expect(content.contentSha256).toBe(sha256(described.join('')))
    const withPatients = await freeze({ path, patients: join(path, 'patients.csv') })
    expect(withPatients.sha256).toBe(content.sha256)
    expect(withPatients.contentSha256).not.toBe(content.contentSha256)
    const mapped = await freeze({ path, map: { no: 'pituitary' } })
    expect(mapped.sha256).toBe(content.sha256)
    expect(mapped.contentSha256).not.toBe(content.contentSha256)
  })

  it('mends a stored copy that is missing or is not what its name says', async () => {
    const [path, store] = [await smallSet(), newStore()]
    const { images } = await freeze({ path }, store)
    const [first, , third] = images.map((image) => storedPath(store.files, image.sha256)) as [string, string, string]
    const whole = [readFileSync(first), readFileSync(third)] as const
    rmSync(first)
    writeFileSync(third, Buffer.alloc(whole[1].length))
    await freeze({ path }, store)
    expect([readFileSync(first), readFileSync(third)]).toEqual(whole)
  })

  it('can be cancelled, and leaves no piece of a copy', async () => {
    const [path, store, abort] = [await smallSet(), newStore(), new AbortController()]
    const running = freezeDataset(
      { from: { path }, store },
      { signal: abort.signal, onProgress: ({ done }) => done === 1 && abort.abort() },
    )
    // All five were under way already, but for none could anything begin after it.
    await running.catch((error) => expect(error).toMatchObject({ code: 'cancelled' }))
    expect(readdirSync(store.incoming)).toEqual([])
    const stopped = freezeDataset({ from: { path }, store }, { ...FOLLOWING, signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('that cannot write ends with the data folder’s code, not the image’s', async () => {
    const [path, store] = [await smallSet(), newStore()]
    mkdirSync(join(store.files, '..'), { recursive: true })
    writeFileSync(store.files, 'a file where the folder should be')
    await expect(freeze({ path }, store)).rejects.toMatchObject({
      code: 'data-folder-unusable',
      details: { path: store.files },
    })
    expect(readdirSync(store.incoming)).toEqual([])
  })
})

describe('a frozen set', () => {
  it('is read like any other, and audits the same', async () => {
    const [path, store] = [await smallSet(), newStore()]
    rmSync(join(path, 'Test/no/text.png'))
    const patients = join(path, 'patients.csv')
    const content = await freeze({ path, patients }, store)
    const manifest = await writeManifest(store, content)
    const images = await readDataset({ path: manifest })
    const source = await readDataset({ path, patients })
    const bare = (list: object[]) => list.map((image) => ({ ...image, path: '', sha256: '' }))
    expect(bare(images)).toEqual(bare(source))
    expect(await readImageBytes(images[0] as (typeof images)[0])).toEqual({
      bytes: readFileSync(join(path, 'Test/no/c-again.png')),
      sha256: content.images[0]?.sha256,
    })
    expect(await audit({ path: manifest })).toEqual(await audit({ path, patients }))
    // Patients can still be joined, and the result be frozen again.
    await write(path, { 'more.csv': 'file,patient\nTest/no/c-again.png,P9\n' })
    const again = await freeze({ path: manifest, patients: join(path, 'more.csv') }, store)
    expect(again.sha256).toBe(content.sha256)
    expect(again.images[0]).toMatchObject({ file: 'Test/no/c-again.png', patient: 'P9', split: 'testing' })
  })

  it('with a file that is missing or altered is refused, and the file is named', async () => {
    const store = newStore()
    const manifest = await writeManifest(store, await freeze({ path: await smallSet() }, store))
    const [first] = await readDataset({ path: manifest })
    const refused = { code: 'dataset-file-altered', message: expect.stringContaining('Test/no/c-again.png') }
    for (const spoil of [(file: string) => writeFileSync(file, 'x'), rmSync]) {
      spoil(first?.path as string)
      await expect(audit({ path: manifest })).rejects.toMatchObject(refused)
      await expect(readImageBytes(first as NonNullable<typeof first>)).rejects.toMatchObject(refused)
      await expect(readTraits([first as NonNullable<typeof first>], FOLLOWING)).rejects.toMatchObject(refused)
      await expect(lockReference({ path: manifest, split: null }, FOLLOWING)).rejects.toMatchObject(refused)
    }
  })

  it.for([
    ['is no JSON', (text: string) => text.slice(0, -1)],
    ['lacks a field', (text: string) => text.replace('"importedBy"', '"by"')],
    ['has another label', (text: string) => text.replace('"label":"glioma"', '"label":"pituitary"')],
    ['has another patient', (text: string) => text.replace('"patient":null', '"patient":"P7"')],
    ['has another hash', (text: string) => text.replace(/"sha256":"../, '"sha256":"00')],
  ] as const)('whose manifest %s is refused', async ([, change]) => {
    const store = newStore()
    const manifest = await writeManifest(store, await freeze({ path: await smallSet() }, store))
    writeFileSync(manifest, change(readFileSync(manifest, 'utf8')))
    await expect(readDataset({ path: manifest })).rejects.toMatchObject({ code: 'dataset-altered' })
  })

  it('can be moved with its data folder', async () => {
    const store = newStore()
    await writeManifest(store, await freeze({ path: await smallSet() }, store))
    const elsewhere = temporaryFolder()
    cpSync(join(store.files, '..'), join(elsewhere, 'datasets'), { recursive: true })
    rmSync(store.files, { recursive: true })
    const found = await audit({ path: join(elsewhere, 'datasets', 'small', '1', 'dataset.json') })
    expect(found).toMatchObject({ images: 4, unreadable: { n: 0 } })
  })
})

describe('the shared set', () => {
  it('is frozen with little work, and has the hash that its audit has', async ({ skip }) => {
    const path = shared('datasets/brain-tumor-mri')
    if (!path) return skip('not run: the shared data folder is not there (GYRUS_SHARED)')
    const before = process.cpuUsage()
    const content = await freeze({ path, patients: join(path, 'patients.csv') })
    const { user, system } = process.cpuUsage(before)
    // Processor time, for the machine may be busy with other things: on two idle cores it takes half of that.
    expect((user + system) / 1e6).toBeLessThan(50)
    expect(content).toMatchObject({
      unreadable: [],
      sizes: [{ width: 224, height: 224, images: 5761 }],
      // As the audit of docs/leakage.md has it.
      sha256: '427d3071b4a4646563302423418ff760b6abe70083af8ccc7f4cae68758eafbb',
    })
    expect(content.images).toHaveLength(5761)
    expect(content.patientsInTwoClasses).toHaveLength(2)
  }, 300_000)
})
