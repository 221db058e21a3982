import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { nearest, numbersOf } from '../../src/main/core/similar/nearest.ts'
import { refuseUnjudged } from '../../src/main/core/similar/neighbours.ts'
import { SignedIndex } from '../../src/main/core/similar/signed-index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import type { ReadStore, SignedVector } from '../../src/main/store/types.ts'
import { random } from '../../src/shared/random.ts'
import { agreementInWords, stanceOf } from '../../src/shared/similar.ts'
import { packSimilar, unpackSimilar } from '../../src/shared/similar-file.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { makeModel, nudge, sampleSet } from '../support/models.ts'

const RESOURCES = join(import.meta.dirname, '../../resources')
const sample = (n: number, type: string) => join(RESOURCES, `samples/sample-0${n}.${type}`)

async function open(core: Core, path: string): Promise<string> {
  const [outcome] = await openPaths(core, path)
  if (!outcome?.caseId || outcome.status !== 'analysed') throw new Error(`${path} was not analysed`)
  return outcome.caseId
}

async function sign(core: Core, id: string, verdict: 'agree' | 'cannot-tell' = 'agree'): Promise<void> {
  const { verdicts } = await ask(core, 'cases.review', { id, verdict, label: null, comment: '' })
  await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id ?? 0 })
}

/** The same pixels in other bytes. */
async function again(path: string, folder: string): Promise<string> {
  const copy = join(folder, 'again.png')
  await sharp(path).png({ compressionLevel: 1 }).toFile(copy)
  return copy
}

it('only images that name the same label agree; tumours of unknown kind do not', () => {
  expect(['glioma', 'meningioma', null].map((label) => stanceOf('glioma', label))).toEqual([
    'agrees',
    'disagrees',
    'unknown',
  ])
  expect(stanceOf('notumor', null)).toBe('disagrees')
  const told = (disagreeing: number, unknownKind: number) =>
    agreementInWords({ neighbours: [1, 2, 3, 4, 5], disagreeing, unknownKind })
  expect(told(0, 0)).toBe('the 5 nearest agree')
  expect(told(0, 5)).toBe('5 nearest: tumour, kind unknown')
  expect(told(0, 2)).toBe('3 of 5 nearest agree, 2: tumour, kind unknown')
  expect(told(1, 2)).toBe('1 of 5 nearest disagree, 2: tumour, kind unknown')
})

describe('similar images of a case', { timeout: 90_000 }, () => {
  it('are the five nearest that the model learned from, each of another patient, with pictures where a licence allows it', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const found = await ask(core, 'cases.similar', { id: await open(core, sample(1, 'jpg')) })
    expect(found).toMatchObject({ modelId: 'efl0-2', label: 'meningioma', compared: { training: 5391, signed: 0 } })
    // What its distances are held against, for a reader to see.
    expect(found.usual).toEqual({ half: expect.closeTo(4.3, 1), most: expect.closeTo(9.8, 1) })
    expect(found.neighbours).toHaveLength(5)
    const distances = found.neighbours.map(({ distance }) => distance)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
    expect(distances[0]).toBeGreaterThan(0.1)
    for (const { kind, picture, noPicture, licence, label, stance } of found.neighbours) {
      expect(kind).toBe('training')
      expect(stance).toBe(stanceOf('meningioma', label))
      expect(picture === null).toBe(licence !== 'CC BY 4.0')
      expect(picture === null).toBe(noPicture !== null)
      if (picture === null) continue
      const { format, width = 0 } = await sharp(Buffer.from(picture, 'base64')).metadata()
      expect([format, width <= 96]).toEqual(['webp', true])
    }
    const disagreeing = found.neighbours.filter(({ stance }) => stance === 'disagrees').length
    expect(found).toMatchObject({ disagreeing, warning: disagreeing >= 3 })
  })

  it('are signed cases too, without the case itself and files of the same pixels, and no longer once they are erased', async () => {
    const folder = temporaryFolder()
    const { core } = await openTestCore(join(folder, 'data'))
    const [one, other] = [await open(core, sample(1, 'jpg')), await open(core, sample(4, 'jpg'))]
    const copy = await open(core, await again(sample(1, 'jpg'), folder))
    const cannotTell = await open(core, sample(7, 'jpg'))
    const signedOf = async (id: string) =>
      (await ask(core, 'cases.similar', { id })).neighbours.flatMap(({ caseId }) => caseId ?? [])
    const without = await signedOf(one)
    for (const id of [one, other, copy]) await sign(core, id)
    await sign(core, cannotTell, 'cannot-tell')
    const found = await ask(core, 'cases.similar', { id: one })
    expect([without, found.compared.signed]).toEqual([[], 4])
    expect(found.copies).toBeGreaterThanOrEqual(1)
    const among = found.neighbours.flatMap(({ caseId }) => caseId ?? [])
    for (const id of [one, copy, cannotTell]) expect(among).not.toContain(id)
    // The nearest to the other one’s own picture turned a little is the other one.
    const turned = join(folder, 'turned.png')
    await sharp(sample(4, 'jpg')).rotate(3, { background: '#000' }).png().toFile(turned)
    const query = await open(core, turned)
    const near = (await ask(core, 'cases.similar', { id: query })).neighbours.find(({ caseId }) => caseId === other)
    expect(near).toMatchObject({ kind: 'signed', picture: null, signedAt: expect.any(String), samePatient: null })
    await core.store.erase({ caseIds: [other], by: READER, reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
    expect(await signedOf(query)).not.toContain(other)
  })

  it('are kept from a reader who has not said what they think, as the answer', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    const id = await open(core, sample(1, 'jpg'))
    await ask(core, 'reading.set', { on: true })
    await expect(ask(core, 'cases.similar', { id })).rejects.toThrow('impression-needed')
    await ask(core, 'cases.impression', { id, impression: 'glioma' })
    expect((await ask(core, 'cases.similar', { id })).neighbours).toHaveLength(5)
  })

  it('of an answer from before vectors were kept are found by asking the same model again', async () => {
    const dataDir = join(temporaryFolder(), 'data')
    const first = await openTestCore(dataDir)
    const id = await open(first.core, sample(1, 'jpg'))
    const before = await ask(first.core, 'cases.similar', { id })
    await first.close()
    forget(dataDir)
    const { core, close } = await openTestCore(dataDir)
    expect((await ask(core, 'cases.similar', { id })).neighbours).toEqual(before.neighbours)
    await close()
    // Another model in force cannot tell.
    const other = await openTestCore(dataDir, { modelDir: join(RESOURCES, 'models/efl0-head-1') })
    await expect(ask(other.core, 'cases.similar', { id })).rejects.toThrow('similar-other-model')
  })

  it('are refused where the model carries none, or another index than the one that the case was compared by', async () => {
    const folder = temporaryFolder()
    const plain = await openTestCore(join(folder, 'plain'), { modelDir: join(RESOURCES, 'models/efl0-head-1') })
    const none = await open(plain.core, sample(1, 'jpg'))
    await expect(ask(plain.core, 'cases.similar', { id: none })).rejects.toThrow('similar-none')
    await plain.close()

    const dataDir = join(folder, 'data')
    const dir = await makeModel(join(dataDir, 'models'), 'mine', { graph: nudge })
    const { core, close } = await openTestCore(dataDir, { modelDir: dir })
    const id = await open(core, sample(1, 'jpg'))
    expect((await ask(core, 'cases.similar', { id })).modelId).toBe('mine')
    await close()
    // The same id, made again.
    const made = await makeModel(join(folder, 'again'), 'mine', {
      graph: nudge,
      manifest: (manifest) => {
        manifest.preprocessing.version = 'another'
      },
    })
    cpSync(made, dir, { recursive: true })
    const later = await openTestCore(dataDir)
    await expect(ask(later.core, 'cases.similar', { id })).rejects.toThrow('similar-other-index')
  })

  it('of a model that was trained here have their pictures from its data set, once that is on this machine', async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const dir = await makeModel(join(dataDir, 'models'), 'mine', { graph: nudge })
    const first = await openTestCore(dataDir)
    const source = { kind: 'files' as const, path: sampleSet(join(folder, 'set')), patients: null, map: {} }
    const { set } = await first.core.datasets.import({ name: 'ours', source, by: READER })
    const sha256 = sha256Of(readFileSync(sample(4, 'jpg')))
    await first.close()
    for (const [dataSha256, there] of [
      ['0'.repeat(64), false],
      [set.sha256, true],
    ] as const) {
      asTrainedHere(dir, dataSha256, sha256)
      const { core, close } = await openTestCore(dataDir, { modelDir: dir })
      const { neighbours } = await ask(core, 'cases.similar', { id: await open(core, sample(1, 'jpg')) })
      expect(neighbours.map(({ picture }) => picture !== null)).toEqual(Array(5).fill(there))
      if (!there) expect(neighbours[0]?.noPicture).toContain('is not on this machine')
      await close()
    }
  })
})

it('an image that the input gate refused has none, for its reasons in words', () => {
  expect(() => refuseUnjudged({ verdict: 'outside', reasons: ['colour', 'small'] })).toThrow(
    expect.objectContaining({
      code: 'similar-not-judged',
      details: { reasons: 'The picture is in colour; The picture is too small' },
    }),
  )
  expect(() => refuseUnjudged({ verdict: 'borderline', reasons: ['blurred'] })).not.toThrow()
})

describe('the search', () => {
  it('misses none: the same as sorting all', () => {
    const draw = random(3)
    const [n, width] = [500, 40]
    const vectors = Float32Array.from({ length: n * width }, () => draw() - 0.5)
    const query = Float32Array.from({ length: width }, () => draw() - 0.5)
    const squares = Array.from({ length: n }, (_, at) => {
      let square = 0
      for (let i = 0; i < width; i++) square += ((vectors[at * width + i] ?? 0) - (query[i] ?? 0)) ** 2
      return { at, square }
    }).sort((a, b) => a.square - b.square)
    expect(nearest(vectors, n, query, 7).map(({ at }) => at)).toEqual(squares.slice(0, 7).map(({ at }) => at))
    expect(nearest(vectors, 3, query, 7)).toHaveLength(3)
    expect(nearest(vectors, 0, query, 7)).toEqual([])
  })

  it('reads numbers as the record keeps them, also from the middle of a buffer', () => {
    const whole = Buffer.from(new Uint8Array(Float16Array.of(9, 1.5, -2, 9).buffer))
    expect([...numbersOf(whole.subarray(2, 6))]).toEqual([1.5, -2])
  })

  it('keeps the newest signed cases, a case once, and reads on from where it was', async () => {
    const rows: SignedVector[] = []
    const put = (caseId: string, value: number) =>
      rows.push({
        ...{ signature: rows.length + 1, caseId, sha256: caseId },
        values: new Uint8Array(Float16Array.of(value, 0).buffer),
      })
    const asked: number[] = []
    const store = {
      signedVectors: async (_: string, after: number, limit: number) => {
        asked.push(after)
        return rows.filter(({ signature }) => signature > after).slice(0, limit)
      },
    } as unknown as ReadStore
    const index = new SignedIndex(store, 'one', 3)
    put('a', 1)
    put('b', 2)
    await index.refresh()
    // Amended: signed once more.
    put('a', 5)
    await index.refresh()
    expect([index.size, asked]).toEqual([2, [0, 2]])
    const near = () => index.nearest(Float32Array.of(0, 0), 9).map(({ caseId, square }) => [caseId, Math.sqrt(square)])
    expect(near()).toEqual([
      ['b', 2],
      ['a', 5],
    ])
    for (const [id, value] of [
      ['c', 3],
      ['d', 4],
      ['e', 6],
    ] as const)
      put(id, value)
    await index.refresh()
    expect(index.size).toBe(3)
    expect(near().map(([id]) => id)).toEqual(['c', 'd', 'e'])
  })
})

/** Training images without pictures of their own, of a set of that hash; each with the hash of an image in it. */
function asTrainedHere(dir: string, dataSha256: string, sha256: string): void {
  const file = unpackSimilar('mine', readFileSync(join(dir, 'similar.bin')))
  const { images, sources } = file.header
  Object.assign(file.header, {
    ...{ dataSha256, pictures: 0 },
    sources: sources.map((source) => ({ ...source, licence: '', noPicture: null })),
  })
  const hash = Buffer.from(sha256, 'hex')
  const hashes = Uint8Array.from({ length: 32 * images }, (_, i) => hash[i % 32] as number)
  const bytes = packSimilar({ ...file, hashes, ends: new Uint32Array(images), pictures: new Uint8Array() })
  writeFileSync(join(dir, 'similar.bin'), bytes)
  const manifest = JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8'))
  manifest.similar.sha256 = sha256Of(bytes)
  writeFileSync(join(dir, 'model.json'), JSON.stringify(manifest))
}

/** As a Gyrus of before kept it: answers without vectors. */
function forget(dataDir: string): void {
  const sqlite = new SQLite(join(dataDir, 'gyrus.sqlite'))
  const trigger = sqlite
    .prepare(`select sql from sqlite_master where name = 'feature_vectors_no_delete'`)
    .pluck()
    .get() as string
  sqlite.exec('drop trigger feature_vectors_no_delete')
  sqlite.exec('delete from feature_vectors')
  sqlite.exec(trigger)
  sqlite.close()
}
