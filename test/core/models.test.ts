import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { makeModel, nudge, swapLabels } from '../support/models.ts'

async function setUp() {
  const folder = temporaryFolder()
  const { core, close } = await openTestCore(join(folder, 'data'))
  const register = (dir: string) => core.models.register(dir, READER)
  return { folder, core, close, register }
}

/** Nothing of a refused model may be left. */
function expectUntouched(dataDir: string): void {
  expect(readdirSync(join(dataDir, 'models'))).toEqual([])
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([])
}

const edit = (file: string, change: (value: Record<string, unknown>) => void) => {
  const value = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  change(value)
  writeFileSync(file, JSON.stringify(value))
}

describe('taking in a model', { timeout: 60_000 }, () => {
  it('copies it whole, lists it, and does not put it in force', async () => {
    const { folder, core, register } = await setUp()
    const dir = await makeModel(folder, 'candidate-1', { graph: nudge })
    expect(await register(dir)).toEqual({ id: 'candidate-1', added: true })
    rmSync(dir, { recursive: true })
    expect(await ask(core, 'models.list', {})).toMatchObject([
      { id: SHIPPED_MODEL, origin: 'shipped', active: true, failure: null },
      { id: 'efl0-head-1', origin: 'shipped', active: false, failure: null },
      { id: 'candidate-1', origin: 'registered', active: false, failure: null, card: { id: 'candidate-1' } },
    ])
    const found = await ask(core, 'models.get', { id: 'candidate-1' })
    expect(found).toMatchObject({ manifest: { id: 'candidate-1' }, failure: null, activations: [] })
    expect(readdirSync(core.folder.incoming)).toEqual([])
    expect(existsSync(join(core.folder.models, 'candidate-1', 'LICENCE.txt'))).toBe(true)
  })

  it('a second time changes nothing; so does the shipped one', async () => {
    const { folder, register } = await setUp()
    const dir = await makeModel(folder, 'candidate-1', { graph: nudge })
    await register(dir)
    expect(await register(dir)).toEqual({ id: 'candidate-1', added: false })
    expect(await register(MODEL_DIR)).toEqual({ id: SHIPPED_MODEL, added: false })
  })

  it('refuses other weights under an id that is taken', async () => {
    const { folder, core, register } = await setUp()
    await register(await makeModel(join(folder, 'a'), 'candidate-1', { graph: nudge }))
    const other = await makeModel(join(folder, 'b'), 'candidate-1', { graph: swapLabels('glioma', 'pituitary') })
    await expect(register(other)).rejects.toMatchObject({ code: 'model-id-taken', details: { model: 'candidate-1' } })
    const shipped = await makeModel(folder, SHIPPED_MODEL, { graph: nudge })
    await expect(register(shipped)).rejects.toMatchObject({ code: 'model-id-taken' })
    expect(readdirSync(core.folder.models)).toEqual(['candidate-1'])
  })

  it.each(['model.onnx', 'golden/3.png', 'calibration.json'])(
    'refuses an altered folder and names %s',
    async (file) => {
      const { folder, core, register } = await setUp()
      const dir = await makeModel(folder, 'candidate-1')
      const bytes = readFileSync(join(dir, file))
      bytes[100] = (bytes[100] as number) ^ 1
      writeFileSync(join(dir, file), bytes)
      await expect(register(dir)).rejects.toMatchObject({ code: 'model-altered', details: { file } })
      expectUntouched(core.folder.root)
    },
  )

  it('refuses a card of another model, other labels, and one that fails its golden images', async () => {
    const { folder, core, register } = await setUp()
    const dir = await makeModel(folder, 'candidate-1')
    edit(join(dir, 'card.json'), (card) => Object.assign(card, { version: '9' }))
    await expect(register(dir)).rejects.toMatchObject({ code: 'model-altered', details: { file: 'card.json' } })
    const other = await makeModel(folder, 'candidate-2')
    edit(join(other, 'model.json'), (manifest) => (manifest.labels as string[]).reverse())
    await expect(register(other)).rejects.toMatchObject({
      code: 'model-invalid',
      details: { reason: expect.stringContaining('labels') },
    })
    const wrong = await makeModel(folder, 'candidate-3')
    edit(join(wrong, 'model.json'), (manifest) => Object.assign(manifest, { temperature: 2 }))
    await expect(register(wrong)).rejects.toMatchObject({ code: 'model-golden-mismatch' })
    expectUntouched(core.folder.root)
  })

  it('refuses one that allows its golden images more than parity leaves, at the door and at the gate', async () => {
    const { folder, core, register } = await setUp()
    const dir = await makeModel(folder, 'candidate-1')
    edit(join(dir, 'model.json'), (manifest) => {
      Object.assign(manifest, { temperature: 2 })
      Object.assign(manifest.golden as object, { tolerance: 1 })
    })
    const refused = { code: 'model-invalid', details: { reason: expect.stringContaining('golden.tolerance') } }
    await expect(register(dir)).rejects.toMatchObject(refused)
    expectUntouched(core.folder.root)
    cpSync(dir, join(core.folder.models, 'candidate-1'), { recursive: true })
    const asked = { by: 'x', reason: '', withoutReference: 'a test' }
    await expect(core.models.activate('candidate-1', asked)).rejects.toMatchObject(refused)
    expect(await ask(core, 'models.activations', {})).toEqual([])
  })

  it('puts a whole one in the place of one that was spoilt there', async () => {
    const { folder, core, register } = await setUp()
    const dir = await makeModel(folder, 'candidate-1', { graph: nudge })
    await register(dir)
    writeFileSync(join(core.folder.models, 'candidate-1', 'model.onnx'), 'spoilt')
    expect(await ask(core, 'models.get', { id: 'candidate-1' })).toMatchObject({ failure: { code: 'model-altered' } })
    expect(await register(dir)).toEqual({ id: 'candidate-1', added: true })
    expect(await ask(core, 'models.get', { id: 'candidate-1' })).toMatchObject({ failure: null })
  })

  it('lists a folder that cannot be used with the reason', async () => {
    const { core } = await setUp()
    cpSync(MODEL_DIR, join(core.folder.models, 'half'), { recursive: true })
    rmSync(join(core.folder.models, 'half', 'card.json'))
    const rows = await ask(core, 'models.list', {})
    expect(rows.find(({ id }) => id === 'half')).toMatchObject({ card: null, failure: { code: 'model-missing' } })
    cpSync(MODEL_DIR, join(core.folder.models, 'other-name'), { recursive: true })
    expect(await ask(core, 'models.get', { id: 'other-name' })).toMatchObject({ failure: { code: 'model-invalid' } })
    const withoutReference = 'a test'
    await expect(core.models.activate('other-name', { by: 'x', reason: '', withoutReference })).rejects.toMatchObject({
      code: 'model-invalid',
    })
    for (const id of ['nowhere', '../models/half']) {
      await expect(core.models.get(id)).rejects.toMatchObject({ code: 'model-unknown' })
    }
  })
})

describe('a copy for use elsewhere', { timeout: 60_000 }, () => {
  it('is whole, says how to run it, and can be taken in by another Gyrus', async () => {
    const { folder, core } = await setUp()
    const target = join(folder, 'out', 'exported')
    await core.models.export(SHIPPED_MODEL, target, 'Dr A')
    expect(readdirSync(join(folder, 'out'))).toEqual(['exported'])
    const text = readFileSync(join(target, 'README.txt'), 'utf8')
    const { preprocessing, temperature } = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8'))
    for (const part of [
      '"input"',
      `3 x ${preprocessing.size} x ${preprocessing.size}`,
      '0 glioma',
      `${temperature}`,
      '"std": 128',
      'Decision aid only',
      'calibration.json has the logits',
    ]) {
      expect(text).toContain(part)
    }
    edit(join(target, 'model.json'), (manifest) => Object.assign(manifest, { id: 'elsewhere-1' }))
    edit(join(target, 'card.json'), (card) => Object.assign(card, { id: 'elsewhere-1' }))
    expect(await core.models.register(target, 'Dr B')).toEqual({ id: 'elsewhere-1', added: true })
    const limits = (dir: string) => readFileSync(join(dir, 'calibration.json'), 'utf8')
    expect(limits(join(core.folder.models, 'elsewhere-1'))).toBe(limits(MODEL_DIR))
    await expect(core.models.export(SHIPPED_MODEL, target, 'Dr A')).rejects.toMatchObject({
      code: 'model-export-exists',
    })
  })
})
