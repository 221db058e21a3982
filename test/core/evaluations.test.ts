import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { usePassphraseFile } from '../../src/main/passphrase.ts'
import { isSealed } from '../../src/main/sealed/format.ts'
import type { RequestInput } from '../../src/shared/contract.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { READER, signInRole } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'
import { makeModel, sampleSet, swapLabels } from '../support/models.ts'

const MODEL = 'swapped-1'
let made = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  made = temporaryFolder(cleanup.add)
  await makeModel(made, MODEL, { graph: swapLabels('glioma', 'meningioma') })
  return cleanup.run
})

/** With the model taken in, the samples frozen, and the model measured on them. */
async function measured(root: string) {
  const { core, close } = await openTestCore(root)
  await core.models.register(join(made, MODEL), READER)
  const path = sampleSet(join(root, '..', 'samples'))
  await core.datasets.import({ name: 'set', source: { kind: 'files', path, patients: null, map: {} }, by: READER })
  await measure(core)
  return { core, close }
}

async function measure(core: Core): Promise<void> {
  await ask(core, 'models.evaluate', { id: MODEL, dataset: { name: 'set', version: 1 } })
  await expect.poll(() => core.modelWork.status.state, { timeout: 60_000 }).not.toBe('running')
  expect(core.modelWork.status).toMatchObject({ state: 'done' })
}

const list = async (core: Core, id = MODEL) => (await ask(core, 'models.evaluations', { id })).evaluations
const images = (core: Core, more: Partial<RequestInput<'models.evaluated-images'>> = {}) => {
  const query = { kind: 'errors' } as const
  return ask(core, 'models.evaluated-images', { id: MODEL, evaluation: 'set@1', column: 0, query, ...more })
}
const folderOf = (core: Core) => join(core.folder.evaluations, MODEL)

describe('what was measured of a model', { timeout: 180_000 }, () => {
  it('is kept with what was said of each image, also over a restart, and an earlier one gives way', async () => {
    const root = join(temporaryFolder(), 'data')
    const { core, close } = await measured(root)
    expect(await list(core)).toEqual([{ key: 'set@1', origin: 'set', at: expect.any(String), by: READER }])
    await close()

    const again = (await openTestCore(root)).core
    const shown = await ask(again, 'models.evaluation', { id: MODEL, evaluation: 'set@1' })
    const [column] = shown.columns
    expect(shown).toMatchObject({ model: MODEL, set: 'set@1', by: READER })
    expect(column).toMatchObject({ title: 'All images', kind: 'other', model: MODEL, evaluation: { n: 12 } })

    // Every cell of the matrix opens as many images as it counts, with the hash by which their picture is asked for.
    const { labels, counts } = column?.evaluation.confusion ?? { labels: [], counts: [] }
    for (const [r, truth] of labels.entries()) {
      for (const [c, called] of labels.entries()) {
        const found = await images(again, { query: { kind: 'cell', truth, called } })
        expect(found.total).toBe(counts[r]?.[c])
        for (const image of found.images) expect(image).toMatchObject({ truth, called, sha256: expect.any(String) })
      }
    }
    // The model calls gliomas and meningiomas by each other’s name.
    const swapped = await images(again, { query: { kind: 'cell', truth: 'glioma', called: 'meningioma' } })
    expect(swapped.total).toBeGreaterThan(0)
    expect(swapped.pictures).toEqual({ name: 'set', version: 1 })
    const { sha256, probabilities } = swapped.images[0] ?? {}
    expect(await again.datasetPictures.thumbnail('set', 1, sha256 ?? '')).toBeInstanceOf(Uint8Array)
    const sum = LABELS.reduce((total, label) => total + (probabilities?.[label] ?? 0), 0)
    expect(sum).toBeCloseTo(1, 3)

    const before = readdirSync(folderOf(again))
    await measure(again)
    expect(await list(again)).toHaveLength(1)
    const after = readdirSync(folderOf(again))
    expect(after).toHaveLength(1)
    expect(after).not.toEqual(before)
  })

  it('is shown to all in numbers; which images these are, to administrators and auditors alone', async () => {
    const { core } = await measured(join(temporaryFolder(), 'data'))
    const shown = await ask(core, 'models.evaluation', { id: MODEL, evaluation: 'set@1' })
    const named = (await images(core)).images.map(({ file }) => file)
    expect(named.length).toBeGreaterThan(0)
    for (const file of named) expect(JSON.stringify(shown)).not.toContain(file)
    const radiologist = await signInRole(core, 'radiologist')
    const input = { id: MODEL, evaluation: 'set@1' }
    expect(await core.request('models.evaluation', input, radiologist)).toHaveProperty('ok')
    const asked = { ...input, column: 0, query: { kind: 'missed' } }
    expect(await core.request('models.evaluated-images', asked, radiologist)).toMatchObject({
      failure: { code: 'not-allowed' },
    })
  })

  it('says why there are no pictures where the set was moved, and is refused where it, or the model, was altered', async () => {
    const { core } = await measured(join(temporaryFolder(), 'data'))
    rmSync(join(core.folder.datasets, 'set', '1', 'dataset.json'))
    const found = await images(core)
    expect(found).toMatchObject({ pictures: null, failure: { code: 'dataset-altered' } })
    expect(found.images[0]).toMatchObject({ sha256: null, file: expect.stringContaining('/') })

    const unknown = ask(core, 'models.evaluation', { id: MODEL, evaluation: 'other@1' })
    await expect(unknown).rejects.toThrow('evaluation-unknown')
    await expect(images(core, { column: 9 })).rejects.toThrow('evaluation-unknown')

    const [name = ''] = readdirSync(folderOf(core))
    const file = join(folderOf(core), name)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"n":12', '"n":13'))
    await expect(images(core)).rejects.toThrow(`evaluation-altered: The results of “${MODEL}” on set@1`)

    const manifest = join(core.folder.models, MODEL, 'model.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"temperature":', '"temperature":1'))
    const altered = `model-altered: The model “${MODEL}” was changed after it was made (model.json)`
    await expect(list(core)).rejects.toThrow(altered)
    await expect(ask(core, 'models.evaluation', { id: MODEL, evaluation: 'set@1' })).rejects.toThrow(altered)
  })

  it('is sealed when the record is encrypted, for it names images, and is read all the same', async () => {
    const base = temporaryFolder()
    const root = join(base, 'data')
    writeFileSync(join(base, 'passphrase'), PASSPHRASE)
    const before = await measured(root)
    const { images: named } = await images(before.core)
    expect(named.length).toBeGreaterThan(0)
    await before.close()
    await encryptFolder(root)
    usePassphraseFile(join(base, 'passphrase'))
    const { core } = await openTestCore(root)
    const kept = () => readdirSync(folderOf(core)).map((name) => readFileSync(join(folderOf(core), name)))
    expect(kept().map(isSealed)).toEqual([true])
    expect((await images(core)).images).toEqual(named)
    await measure(core)
    expect(kept().map(isSealed)).toEqual([true])
  })
})

describe('results that come with Gyrus', { timeout: 60_000 }, () => {
  it.each(['cnn-9', 'cnn-24', 'efl0-head-1', SHIPPED_MODEL])('are there for %s from the start', async (id) => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    expect(await list(core, id)).toEqual([{ key: 'shipped', origin: 'shipped', at: null, by: null }])
    const { columns } = await ask(core, 'models.evaluation', { id, evaluation: 'shipped' })
    expect(columns.map(({ kind }) => kind).slice(0, 2)).toEqual(['as-is', 'without-copies'])
    expect(columns.map(({ evaluation }) => evaluation.n).slice(0, 2)).toEqual([596, 143])
    expect(columns.some(({ kind }) => kind === 'patients-apart')).toBe(!id.startsWith('cnn'))
    const query = { kind: 'random', n: 4, seed: 1 } as const
    const found = await ask(core, 'models.evaluated-images', { id, evaluation: 'shipped', column: 0, query })
    // The public set is not here: names, and no picture.
    expect(found).toMatchObject({ total: 4, pictures: null, failure: null })
    expect(existsSync(core.folder.evaluations)).toBe(false)
  })

  it('there are none of a model that was never measured, and no such model is said', async () => {
    const { core } = await openTestCore(join(temporaryFolder(), 'data'))
    await core.models.register(join(made, MODEL), READER)
    expect(await ask(core, 'models.evaluations', { id: MODEL })).toMatchObject({ resultOnly: false, evaluations: [] })
    await expect(list(core, 'nobody')).rejects.toThrow('model-unknown')
  })
})
