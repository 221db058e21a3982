import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { evaluationSchema } from '../../src/shared/evaluation.ts'
import { BANNER, LABELS } from '../../src/shared/labels.ts'
import { slice, write } from '../dataset/support.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { runAndInterrupt } from '../support/interrupt.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
const gyrus = (...args: string[]) => run('evaluate', ...args)
const LONG = 180_000

/** Twelve training and four test images, of which one is a mirrored copy of a training image. */
async function smallSet(): Promise<string> {
  const folder = temporaryFolder()
  for (let i = 0; i < 12; i++) await write(folder, { [`Training/${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(i) })
  await write(folder, {
    'Testing/glioma/copy.png': slice(0).flop(),
    'Testing/glioma/new.png': slice(50),
    'Testing/no/new.png': slice(51),
    'Testing/no/broken.png': 'no image',
  })
  return folder
}

describe('gyrus evaluate', () => {
  it('says as JSON what a model does on the test side, with and without copies', { timeout: LONG }, async () => {
    const set = await smallSet()
    const page = join(set, 'report.html')
    const { status, stdout, stderr } = gyrus(set, '--model', SHIPPED_MODEL, '--no-shortcuts', '--json', '--html', page)
    expect([status, stderr]).toEqual([0, ''])
    const found = JSON.parse(stdout)
    const weights = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8')).weights.sha256
    expect(found).toMatchObject({
      ...{
        banner: BANNER,
        column: 'Test split as it is',
        n: 3,
        model: SHIPPED_MODEL,
        seenInTraining: 'not-known',
        weightsSha256: [weights],
      },
      images: { glioma: 2, meningioma: 0, notumor: 1, pituitary: 0 },
      tumourCalledNone: { of: 2 },
      confusion: { labels: [...LABELS] },
      shortcuts: null,
      unreadable: [{ file: 'Testing/no/broken.png', failure: { code: 'image-unsupported' } }],
    })
    // Limits come with the model: of its cross-validation, none of whose images are here.
    expect(found.limitsBy).toMatch(/^4,710 images that the 5 trainings of its cross-validation held out/)
    expect(found.conformal).toMatchObject({ alpha: 0.05, calibrationImages: [4710] })
    expect(found.atValidationThreshold.map(({ wanted }: { wanted: number }) => wanted)).toEqual([0.9, 0.95, 0.99])
    expect(found.notes.join()).toContain('made by the same recipe, but not this network')
    expect(found.notes.join()).toContain('Whether the model learned from images of this set is not known')
    expect(found.date).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(found.intervals.accuracy).toHaveLength(2)
    expect(found.columns.map(({ title, evaluation }: never) => [title, (evaluation as { n: number }).n])).toEqual([
      ['Test split as it is', 3],
      ['Test split without near-copies', 2],
    ])
    for (const { evaluation } of found.columns) expect(evaluationSchema.parse(evaluation)).toEqual(evaluation)
    // As the audit says, the same set.
    expect(JSON.parse(run('dataset', 'audit', set, '--json').stdout).sha256).toBe(found.dataSha256)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain(`<h1>Evaluation of ${SHIPPED_MODEL}</h1>`)
    expect(html).not.toContain('–: no limits')

    // What classify says of these images is what was measured.
    const files = ['glioma/copy.png', 'glioma/new.png', 'no/new.png'].map((file) => join(set, 'Testing', file))
    const calls = run('classify', '--no-log', '--json', ...files)
      .stdout.trim()
      .split('\n')
    const truth = ['glioma', 'glioma', 'notumor']
    const right = calls.filter((line, i) => JSON.parse(line).label === truth[i]).length
    expect(found.accuracy).toBeCloseTo(right / 3, 12)
    const called = calls.map((line) => JSON.parse(line))
    const nll = called.reduce((sum, { confidences }, i) => sum - Math.log(confidences[truth[i] as string]), 0) / 3
    expect(found.nll).toBeCloseTo(nll, 6)
  })

  it('says why a model that came without validation images has no limits', { timeout: LONG }, async () => {
    const set = await smallSet()
    const page = join(set, 'report.html')
    const { stdout } = gyrus(set, '--model', 'efl0-head-1', '--no-shortcuts', '--json', '--html', page)
    const found = JSON.parse(stdout)
    expect(found).toMatchObject({ conformal: null, atValidationThreshold: null, tumourSetOnlyNone: null })
    expect(found.limitsBy).toBe('none: no validation images came with the model')
    expect(found.notes.join()).toContain('Conformal sets and thresholds are not told of the model itself (null)')
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('–: no limits; why, the table “What was measured” says')
    expect(html).toContain('none: no validation images came with the model')
  })

  it('tells people in a table, with tumours of unknown type beside it', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    for (let i = 0; i < 4; i++) await write(folder, { [`set/${i % 2 ? 'no' : 'glioma'}/${i}.png`]: slice(i) })
    await write(folder, { 'else/a.png': slice(60), 'else/t.csv': 'file,group\na.png,1\n' })
    const found = gyrus(join(folder, 'set'), '--tumours', join(folder, 'else', 't.csv'))
    expect(found.status).toBe(0)
    expect(found.stderr).toContain(BANNER)
    for (const text of [
      'All images',
      'else',
      'Tumours called “no tumour”',
      `${SHIPPED_MODEL}, weights`,
      'truth in rows',
      'Shortcuts',
      'seen in training: not known',
      'thresholds and limits set by: 4,710 images',
      'Conformal sets with the truth',
      'Sensitivity, set for 95.0 % spec.',
    ])
      expect(found.stdout).toContain(text)
  })

  it('finds a model of the data folder by its ID, or any by its folder', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    const dir = join(folder, 'models', 'own')
    mkdirSync(join(folder, 'models'))
    cpSync(MODEL_DIR, dir, { recursive: true })
    for (const file of ['model.json', 'card.json']) {
      const json = JSON.parse(readFileSync(join(dir, file), 'utf8'))
      writeFileSync(join(dir, file), JSON.stringify({ ...json, id: 'own' }))
    }
    await write(folder, { 'set/glioma/1.png': slice(1), 'set/no/2.png': slice(2) })
    const ask = (model: string) =>
      gyrus(join(folder, 'set'), '--model', model, '--data-dir', folder, '--no-shortcuts', '--json')
    expect(JSON.parse(ask('own').stdout).model).toBe('own')
    expect(JSON.parse(ask(dir).stdout).model).toBe('own')
    const unknown = ask('none')
    expect([unknown.status, unknown.stdout]).toEqual([1, ''])
    expect(unknown.stderr).toContain('[model-unknown]')
  })

  it('evaluates the held-out images of runs', { timeout: LONG }, () => {
    const folder = temporaryFolder()
    const image = (file: string, label: string | null, part: string, logits: number[]) => ({
      ...{ file, label, part, logits, group: null },
    })
    const file = join(folder, 'predictions.json')
    const images = [
      image('v', 'glioma', 'validation', [2, 0, 0, 0]),
      image('w', 'glioma', 'validation', [0, 1, 0, 0]),
      image('1', 'glioma', 'held-out', [2, 0, 0, 0]),
      image('2', 'notumor', 'held-out', [2, 0, 0, 0]),
      image('x', null, 'held-out', [0, 0, 2, 0]),
    ]
    const json = { run: 'a', dataSha256: 'c'.repeat(64), date: '2026-11-24', temperature: null, images }
    writeFileSync(file, JSON.stringify(json))
    const page = join(folder, 'report.html')
    const found = JSON.parse(gyrus('--predictions', file, '--json', '--html', page).stdout)
    expect(found).toMatchObject({ banner: BANNER, n: 2, accuracy: 0.5, model: 'run a', dataSha256: 'c'.repeat(64) })
    expect(found.tumourColumns[0].evaluation.tumourCalledNone).toMatchObject({ n: 1, of: 1 })
    expect(existsSync(page)).toBe(true)
    expect(gyrus('--model', SHIPPED_MODEL, '--predictions', file).stderr).toContain('takes no set')
    expect(gyrus('--predictions', file, file).stderr).toContain('[predictions-overlap]')
    expect(gyrus('--predictions', file, '--folds', file).stderr).toContain('takes no set')
    expect(gyrus(folder, '--folds', file, '--fold', '1').stderr).toContain('--folds has all folds')
  })

  it('tells the cross-validation of a model beside it, if it is of the same set', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    await write(folder, { 'set/glioma/1.png': slice(1), 'set/no/2.png': slice(2) })
    const { sha256 } = JSON.parse(run('dataset', 'audit', join(folder, 'set'), '--json').stdout)
    const image = (file: string, label: string, group: string) => ({
      ...{ file, label, group, part: 'held-out', logits: [2, 0, 0, 0] },
    })
    const predictions = (set: string) => {
      const images = [image('glioma/1.png', 'glioma', 'P1'), image('no/2.png', 'notumor', 'P2')]
      const json = { run: 'f0', dataSha256: set, date: '2026-11-24', temperature: 1, images }
      writeFileSync(join(folder, 'predictions.json'), JSON.stringify(json))
      return gyrus(join(folder, 'set'), '--no-shortcuts', '--folds', join(folder, 'predictions.json'), '--json')
    }
    const found = JSON.parse(predictions(sha256).stdout)
    expect(found.model).toBe(SHIPPED_MODEL)
    expect(found.columns[1]).toMatchObject({
      title: 'Cross-validation, patients apart: held-out images',
      model: 'run f0',
      evaluation: { n: 2, accuracy: 0.5 },
    })
    const other = predictions('c'.repeat(64))
    expect([other.status, other.stdout]).toEqual([1, ''])
    expect(other.stderr).toContain('[predictions-other-set]')
  })

  it('ends with 1 and says why where it cannot', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    await write(folder, { 'glioma/1.png': slice(1), 'no/2.png': slice(2) })
    expect(gyrus().stderr).toContain('a set is needed')
    expect(gyrus().status).toBe(1)
    expect(gyrus(folder, '--fold', 'one').stderr).toContain('whole number')
    const noFold = gyrus(folder, '--fold', '3')
    expect([noFold.status, noFold.stdout]).toEqual([1, ''])
    expect(noFold.stderr).toContain('[dataset-split-impossible]')
    expect(gyrus(folder, '--no-shortcuts', '--html', join(folder, 'no', 'such', 'r.html')).stderr).toContain(
      '[output-unwritable]',
    )
  })

  it('is cancelled by Ctrl+C', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    const bytes = await slice(1).resize(2000, 2000).png().toBuffer()
    mkdirSync(join(folder, 'glioma'))
    for (let i = 0; i < 300; i++) writeFileSync(join(folder, 'glioma', `${i}.png`), bytes)
    const { said, code } = await runAndInterrupt(main, 'evaluate', folder)
    expect(said).toContain('[cancelled]')
    expect(code).toBe(1)
  })
})

describe('gyrus dataset shortcuts', () => {
  it('says how far traits alone tell classes apart', { timeout: LONG }, async () => {
    const folder = temporaryFolder()
    for (let i = 0; i < 24; i++) {
      const image = i % 2 ? slice(i).png().extend({ left: 60, right: 60, background: '#000' }) : slice(i)
      await write(folder, { [`${i % 2 ? 'no' : 'glioma'}/${i}.png`]: image })
    }
    const json = run('dataset', 'shortcuts', folder, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ score: { n: 24, accuracy: 1 }, chance: { macroRecall: 0.5 } })
    const { status, stdout } = run('dataset', 'shortcuts', folder)
    expect(status).toBe(0)
    expect(stdout).toContain('can be right on this set without seeing a tumour')
  })
})
