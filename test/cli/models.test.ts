import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { DEFAULT_GATE } from '../../src/shared/gate.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { makeModel, nudge, sampleSet, swapLabels } from '../support/models.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

let made = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  made = temporaryFolder(cleanup.add)
  await makeModel(made, 'good-1', { graph: nudge })
  await makeModel(made, 'swapped-1', { graph: swapLabels('glioma', 'meningioma') })
  return cleanup.run
})

function gyrusAt(dataDir: string) {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args, '--data-dir', dataDir], { encoding: 'utf8' })
  const json = (...args: string[]) => {
    const { stdout, stderr } = run('models', ...args, '--json')
    try {
      return JSON.parse(stdout)
    } catch {
      throw new Error(`no JSON: ${stdout}${stderr}`)
    }
  }
  return { run, json }
}

describe('gyrus models', () => {
  it('takes a model in, judges it, puts it in force, uses it, and takes it back', () => {
    const folder = temporaryFolder()
    const { run, json } = gyrusAt(join(folder, 'data'))
    const set = sampleSet(join(folder, 'set'))
    expect(json('list')).toMatchObject([
      { id: SHIPPED_MODEL, active: true },
      { id: 'efl0-head-1', active: false },
    ])
    expect(json('import', join(made, 'good-1'))).toEqual({ id: 'good-1', added: true })
    const { reference } = json('gate', '--reference', set)
    expect(reference).toMatchObject({ path: set, images: 12 })
    const low = { glioma: 0.3, meningioma: 0.3, notumor: 0.3, pituitary: 0.3 }
    const gate = { ...DEFAULT_GATE, reference, recallFloor: low, eceCeiling: 0.5, tumourCalledNoneCeiling: 0.4 }
    writeFileSync(join(folder, 'data', 'gate.json'), JSON.stringify(gate))
    const activated = run('models', 'activate', 'good-1', '--why', 'a test')
    expect([activated.status, activated.stderr]).toEqual([0, ''])
    expect(activated.stdout).toContain('passed  Macro recall, against the active model: ')
    expect(activated.stdout).toContain('good-1 is in force (activation 1).')

    const scan = join(set, 'glioma', 'sample-03.png')
    for (const log of [[], ['--no-log']]) {
      expect(JSON.parse(run('classify', scan, '--json', ...log).stdout)).toMatchObject({ model: 'good-1' })
    }
    expect(json('show', 'good-1')).toMatchObject({
      active: true,
      activations: [{ reason: 'a test', kind: 'activation' }],
    })
    expect(json('rollback', '--why', 'enough')).toMatchObject({ activation: { modelId: SHIPPED_MODEL } })
    expect(run('models', 'list').stdout).toMatch(new RegExp(`^\\* ${SHIPPED_MODEL} `))
  }, 120_000)

  it('refuses a bad one with exit code 2 and the criteria; an altered one is named', () => {
    const folder = temporaryFolder()
    const { run, json } = gyrusAt(join(folder, 'data'))
    json('import', join(made, 'swapped-1'))
    json('gate', '--reference', sampleSet(join(folder, 'set')))
    const { status, stdout, stderr } = run('models', 'activate', 'swapped-1')
    expect(status).toBe(2)
    expect(stdout).toContain('FAILED  Recall (glioma): ')
    expect(stderr).toContain('The gate refused the model “swapped-1”: Macro recall, against the active model; ')
    expect(stderr).toContain('[model-refused]')
    expect(json('list').find((row: { active: boolean }) => row.active).id).toBe(SHIPPED_MODEL)
    writeFileSync(join(folder, 'data', 'models', 'swapped-1', 'golden', '1.jpg'), 'x')
    const shown = run('models', 'show', 'swapped-1')
    expect(shown.status).toBe(2)
    expect(shown.stdout).toContain('was changed after it was made (golden/1.jpg)')
    const missing = run('models', 'activate', 'nowhere')
    expect([missing.status, missing.stderr.includes('[model-unknown]')]).toEqual([1, true])
  }, 120_000)

  it('exports, and compares by cards and on a set', () => {
    const folder = temporaryFolder()
    const { run, json } = gyrusAt(join(folder, 'data'))
    json('import', join(made, 'swapped-1'))
    const { path } = json('export', 'swapped-1', join(folder, 'out'))
    expect(readFileSync(join(path, 'README.txt'), 'utf8')).toMatch(/\(swapped-1 \d+\.\d+\.\d+\)/)
    const served = run('models', 'export', 'swapped-1', join(folder, 'served'), '--for', 'triton')
    expect([served.status, served.stderr]).toEqual([0, ''])
    expect(served.stdout).toContain(
      'swapped-1/PREPROCESSING.md says how an image is prepared and what Triton does not give',
    )
    expect(readFileSync(join(folder, 'served', 'swapped-1', 'config.pbtxt'), 'utf8')).toMatch(/^name: "swapped-1"$/m)
    const again = run('models', 'export', 'swapped-1', join(folder, 'served'), '--for', 'triton')
    expect([again.status, again.stderr.includes('[model-export-exists]')]).toEqual([1, true])
    expect(run('models', 'export', 'swapped-1', join(folder, 'other'), '--for', 'other').stderr).toContain('triton')
    const set = sampleSet(join(folder, 'set'))
    writeFileSync(join(set, 'glioma', 'broken.png'), 'x')
    const { first, second, set: found } = json('compare', SHIPPED_MODEL, 'swapped-1', '--set', set)
    expect([first.id, second.id]).toEqual([SHIPPED_MODEL, 'swapped-1'])
    expect(found.unreadable).toMatchObject([{ file: 'glioma/broken.png', failure: { code: 'image-unsupported' } }])
    // Swapped labels change exactly what the first calls glioma or meningioma.
    const { n, corrected, spoilt, stillWrong } = found.changed
    expect(n).toBe(found.images.length)
    expect(n).toBeGreaterThan(3)
    expect(corrected + spoilt + stillWrong).toBe(n)
    for (const { first: before, second: after } of found.images) {
      expect([before, after].toSorted()).toEqual(['glioma', 'meningioma'])
    }
    expect(found.first.accuracy - found.second.accuracy).toBeCloseTo((spoilt - corrected) / found.first.n, 10)
    expect(json('compare', SHIPPED_MODEL, 'swapped-1').set).toBeNull()
    expect(run('models', 'compare', SHIPPED_MODEL, 'swapped-1', '--set', set).stdout).toContain(' change their label: ')
  }, 120_000)

  it('compares, and judges, on an imported set by its name', () => {
    const folder = temporaryFolder()
    const { run, json } = gyrusAt(join(folder, 'data'))
    json('import', join(made, 'swapped-1'))
    const set = sampleSet(join(folder, 'set'))
    const imported = run('dataset', 'import', set, '--name', 'ours', '--json')
    const { path, sha256 } = JSON.parse(imported.stdout)
    expect(json('compare', SHIPPED_MODEL, 'swapped-1', '--set', 'ours@1').set.sha256).toBe(sha256)
    expect(json('gate', '--reference', 'ours').reference).toMatchObject({ path, images: 12, sha256 })
    expect(run('models', 'gate', '--reference', 'theirs').stderr).toContain('[dataset-unknown]')
  }, 120_000)
})
