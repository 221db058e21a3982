import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { readInputs } from '../../src/main/core/models/inputs.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { findSensitivity } from '../../src/main/engine/package-run/tumours.ts'
import { hashOfTable } from '../../src/main/engine/train/run/tumours.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { calibrationImagesSchema } from '../../src/shared/calibration-images.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { GOLDEN_TOLERANCE } from '../../src/shared/model.ts'
import { monitoringQuerySchema } from '../../src/shared/monitoring.ts'
import type { RunPredictions } from '../../src/shared/predictions.ts'
import type { RunSummary } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { type MadeSet, makeSet, request } from '../train/support.ts'

const ABOUT = {
  name: 'Made for a test',
  data: 'made-up heads',
  licence: 'none',
  maker: 'The department',
  users: 'Its radiologists',
}
const OPTIONS = { id: 'mine-1', version: '1.2.0', about: ABOUT, folds: [], tumours: [], boxes: null }

const cleanup = new Cleanup()
let set: MadeSet
let core: Core
let summary: RunSummary

beforeAll(async () => {
  const folder = temporaryFolder(cleanup.add)
  set = await makeSet(join(folder, 'set'), 14, 6)
  const opened = await openTestCore(join(folder, 'data'), {}, cleanup.add)
  core = opened.core
  const split = { by: 'patient', validation: 0.2 } as const
  const asked = request(set, { recipe: 'head', changes: { size: 64 }, split })
  summary = await core.trainings.outcome(await core.trainings.start(asked, 'Dr Test', 'mine'))
  return cleanup.run
}, 60_000)

/** The run once more, with another summary. */
function copyRun(name: string, change: (summary: RunSummary) => void): string {
  const runs = join(core.folder.root, 'runs')
  cpSync(join(runs, 'mine'), join(runs, name), { recursive: true })
  const changed = structuredClone(summary)
  change(changed)
  writeFileSync(join(runs, name, 'run.json'), JSON.stringify(changed))
  return name
}

const predictionsOf = (run: string): RunPredictions =>
  JSON.parse(readFileSync(join(core.folder.root, 'runs', run, 'predictions.json'), 'utf8'))

describe('a finished run', { timeout: 120_000 }, () => {
  it('becomes a model with a measured card, is put in force and reads the next scan', async () => {
    const asked = { ...OPTIONS, tumours: [set.tumours] }
    expect(await core.models.addRun('mine', asked, 'Dr Test')).toEqual({ id: 'mine-1', added: true })
    const model = await loadModel(join(core.folder.models, 'mine-1'))
    await model.dispose()
    expect(model.manifest).toMatchObject({
      ...{ id: 'mine-1', temperature: summary.temperature, preprocessing: { size: 64 } },
      golden: { tolerance: GOLDEN_TOLERANCE },
      similar: { file: 'similar.bin', by: 'gyrus models add-run' },
    })
    expect(model.card).toMatchObject({
      ...{ name: ABOUT.name, version: '1.2.0' },
      ...{ maker: ABOUT.maker, users: ABOUT.users },
      training: { data: ABOUT.data, seed: 1 },
    })
    // What nobody said is left out, not made up.
    expect(Object.keys(model.card)).not.toContain('contact')
    expect(model.card.results.every(({ intervals }) => intervals.recall !== undefined)).toBe(true)
    expect(model.card.training.images).toEqual(summary.trainedOn)
    // What set its temperature sets its limits too: its own validation images, by their bytes, and nothing of the test side.
    const { calibration } = model
    const kept = predictionsOf('mine').images.filter(({ part, label }) => part === 'validation' && label)
    expect(kept.length).toBeGreaterThan(0)
    expect(model.manifest.calibration?.by).toBe('own-validation')
    expect(calibration?.images.map(([sha256, truth, , ...logits]) => [sha256, LABELS[truth], logits])).toEqual(
      kept.map(({ file, label, logits }) => [sha256Of(readFileSync(join(set.root, file))), label, logits]),
    )
    expect(model.card.operatingPoint).toContain(`set on ${kept.length} validation images of its own training`)
    expect(model.card.operatingPoint).toMatch(
      /That for 95 % gave a sensitivity of [\d.]+ % \(18 tumours\) and a specificity of [\d.]+ % \(6 without\) on “Test split as it is”/,
    )
    const [asItIs, clean] = (await core.models.evaluations.get('mine-1', 'training')).columns
    expect(clean?.kind).toBe('without-copies')
    expect(model.card.leakage).toContain(
      `Of the set’s 24 test images ${24 - (clean?.evaluation.n ?? 0)} have a near-copy on another side.`,
    )
    expect(asItIs).toMatchObject({ title: 'Test split as it is', seenInTraining: 'none' })
    expect(asItIs?.evaluation.conformal?.calibrationImages).toEqual([kept.length])
    const test = model.card.results.find(({ name }) => name === 'Test split as it is')
    expect(test).toMatchObject({ n: 24, tumourCalledNone: { of: 18 }, noneCalledTumour: { of: 6 } })
    expect(test?.intervals.accuracy).toHaveLength(2)
    expect(model.card.shortcuts.length).toBeGreaterThan(0)
    const [sensitivity, ...others] = model.card.tumourSensitivity
    expect(sensitivity).toMatchObject({ data: 'set-others: tumours of unknown type', n: 15 })
    expect(others).toEqual([])
    expect(model.card.limits.join()).not.toContain('was not measured')

    await core.models.activate('mine-1', { by: 'Dr Test', reason: '', withoutReference: 'a test' })
    const [outcome] = await openPaths(core, join(set.root, 'Testing/glioma/0.png'))
    expect(outcome).toMatchObject({ status: 'analysed', modelId: 'mine-1' })
    // Its own training images are what it is held against, and a test image has a distance from them.
    const known = await readInputs({ id: 'mine-1', origin: 'registered', dir: join(core.folder.models, 'mine-1') })
    const { training, validation } = summary.images
    expect(known?.inputs).toMatchObject({
      ...{ training: { data: ABOUT.data, n: training, sha256: summary.trainingSha256 } },
      ...{ confidence: { data: 'images that chose its epoch', n: validation } },
      features: { width: 1280, distance: { n: validation } },
    })
    const [answer] = (await core.store.answersOf('mine-1', null, 10)).answers
    expect(answer?.distance).toBeGreaterThan(0.1)
    const report = await core.monitoring.report(monitoringQuerySchema.parse({ steps: 1 }))
    expect(report.training).toMatchObject({ data: ABOUT.data, n: training })
    // Pictures as small as those that it learned from are not judged.
    expect(report.periods[0]).toMatchObject({ figures: { unjudged: { n: 1, of: 1 } }, trained: { distance: null } })
  })

  it('says on its card that its sensitivity on other sequences was not measured where nothing measures it', async () => {
    await core.models.addRun('mine', { ...OPTIONS, id: 'mine-2' }, 'Dr Test')
    const { card } = await core.models.get('mine-2')
    expect(card?.tumourSensitivity).toEqual([])
    expect(card?.limits.at(-1)).toMatch(/was not measured: there were no such tumours to measure it on/)
    // Before anything is trained, measured or made: a name is free or not.
    for (const [id, code] of [
      ['mine-2', 'model-id-taken'],
      [SHIPPED_MODEL, 'model-id-taken'],
      ['../Mine', 'model-id-invalid'],
    ] as const) {
      const again = core.models.addRun('none', { ...OPTIONS, id }, 'Dr Test')
      await expect(again).rejects.toMatchObject({ code, details: { model: id } })
    }
  })

  it('keeps what was measured of it: on patients that it never saw, and on the test side of its set', async () => {
    const split = { by: 'fold', fold: 1, validation: 0.2 } as const
    const asked = request(set, { recipe: 'head', changes: { size: 64 }, split })
    const { images } = await core.trainings.outcome(await core.trainings.start(asked, 'Dr Test', 'folded'))
    await core.models.addRun('folded', { ...OPTIONS, id: 'folded-1' }, 'Dr Test')
    const { evaluations } = await core.models.evaluations.of('folded-1')
    expect(evaluations).toMatchObject([{ key: 'training', origin: 'training', by: 'Dr Test' }])
    const { columns, set: measuredOn } = await core.models.evaluations.get('folded-1', 'training')
    expect(measuredOn).toBeNull()
    const told = columns.map(({ kind, title, evaluation: { n } }) => [kind, title, n])
    expect(told[0]).toEqual(['patients-apart', 'Held-out images', images['held-out']])
    expect(told).toContainEqual(['as-is', 'Test split as it is', 24])
    const query = { kind: 'random', n: 24, seed: 1 } as const
    const read = await core.models.evaluations.images('folded-1', 'training', 0, query)
    // Fold 1 of pairs of images: the third and fourth of each five pairs; where no patient is known, folds are by group.
    const tumours = read.images.filter(({ truth }) => truth !== 'notumor')
    expect(tumours.length).toBeGreaterThan(0)
    for (const { file } of tumours) expect(file).toMatch(/^Training\/\w+\/(2|3|12|13)\.png$/)
  })

  it('with a cross-validation has the limits of what its runs held out; with a changed set none, and says so', async () => {
    const folds = await Promise.all(
      [1, 2].map(async (fold) => {
        const split = { by: 'fold', fold, validation: 0.2 } as const
        const asked = request(set, { recipe: 'head', changes: { size: 64 }, split })
        await core.trainings.outcome(await core.trainings.start(asked, 'Dr Test', `held-${fold}`))
        return join(core.folder.root, 'runs', `held-${fold}`, 'predictions.json')
      }),
    )
    await core.models.addRun('mine', { ...OPTIONS, id: 'crossed-1', folds }, 'Dr Test')
    const { manifest, card } = await core.models.get('crossed-1')
    expect(manifest?.calibration?.by).toBe('cross-validation')
    const text = readFileSync(join(core.folder.models, 'crossed-1', 'calibration.json'), 'utf8')
    const { runs, images } = calibrationImagesSchema.parse(JSON.parse(text))
    const held = ['held-1', 'held-2'].flatMap((run) =>
      predictionsOf(run).images.filter(({ part, label }) => part === 'held-out' && label),
    )
    expect(runs).toEqual(['held-1', 'held-2'])
    expect(images).toHaveLength(held.length)
    // A patient's images have one number, whatever its name.
    expect(new Set(images.map(([, , group]) => group)).size).toBe(new Set(held.map(({ group }) => group)).size)
    expect(text).not.toContain(held.find(({ group }) => group)?.group)
    expect(card?.leakage).toMatch(/^Cross-validation: no patient and no near-duplicate group was held out by two/)
    expect(card?.operatingPoint).toContain(
      `${held.length} images that the 2 trainings of its cross-validation held out`,
    )

    // Since the training somebody has put another image into the set.
    const added = join(set.root, 'Training/glioma/added.png')
    cpSync(join(set.root, 'Training/glioma/0.png'), added)
    await core.models.addRun('mine', { ...OPTIONS, id: 'changed-1' }, 'Dr Test').finally(() => rmSync(added))
    const changed = await core.models.get('changed-1')
    expect(changed.manifest?.calibration).toBeUndefined()
    expect(changed.card?.calibration).toContain('the data set is no longer what they were trained on')
    expect(changed.card?.operatingPoint).toContain('no thresholds to read beside it')
    const { columns } = await core.models.evaluations.get('changed-1', 'training')
    expect(columns[0]).toMatchObject({ seenInTraining: 'not-known', evaluation: { conformal: null } })
  })

  it('that another version wrote, or nobody can read, becomes no model and says so', async () => {
    const run = copyRun('old', (changed) => {
      Object.assign(changed, { trainedOn: undefined })
    })
    const add = () => core.models.addRun(run, { ...OPTIONS, id: 'old-1' }, 'Dr Test')
    const refused = { code: 'training-run-unreadable', details: { run: 'old' } }
    await expect(add()).rejects.toMatchObject(refused)
    writeFileSync(join(core.folder.root, 'runs', run, 'run.json'), '{ "id": "ol')
    await expect(add()).rejects.toMatchObject(refused)
  })

  it('whose exported network is not the one that was trained becomes no model', async () => {
    const run = copyRun('apart', (changed) => {
      changed.parity = 2e-4
    })
    const added = core.models.addRun(run, { ...OPTIONS, id: 'apart-1' }, 'Dr Test')
    await expect(added).rejects.toMatchObject({ code: 'training-parity', details: { difference: '0.00020' } })
    expect(readdirSync(core.folder.models)).not.toContain('apart-1')
    expect(readdirSync(core.folder.incoming)).toEqual([])
  })

  it('whose set is not what it was becomes a model without it, and its card says so', async () => {
    const run = copyRun('moved', (changed) => {
      changed.trainingSha256 = 'e'.repeat(64)
    })
    await core.models.addRun(run, { ...OPTIONS, id: 'moved-1' }, 'Dr Test')
    const { card, manifest } = await core.models.get('moved-1')
    expect(manifest?.inputs).toBeUndefined()
    expect(card?.limits.join()).toContain('What its training images were like was not measured')
  })

  it('whose network was exchanged afterwards becomes no model', async () => {
    const run = copyRun('exchanged', () => undefined)
    const file = join(core.folder.root, 'runs', run, 'model.onnx')
    const bytes = readFileSync(file)
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1
    writeFileSync(file, bytes)
    const added = core.models.addRun(run, { ...OPTIONS, id: 'exchanged-1' }, 'Dr Test')
    await expect(added).rejects.toMatchObject({ code: 'model-altered', details: { file: 'card.json' } })
  })
})

describe('tumours in other sequences', { timeout: 60_000 }, () => {
  const runDir = () => join(core.folder.root, 'runs', 'mine')
  const find = (changes: Partial<RunSummary>, tumours: string[]) =>
    findSensitivity({ runDir: runDir(), folds: [], tumours }, { ...summary, ...changes })

  it('that the run learned from measure nothing, under whatever name', async () => {
    const asked = { ...summary.request, tumours: [set.tumours] }
    const sha256 = await hashOfTable(set.tumours)
    for (const learned of [{ request: asked }, { tumoursSha256: [sha256] }]) {
      expect(await find(learned, [set.tumours])).toEqual({
        tables: [],
        measured: [],
        notMeasured: expect.stringContaining('it learned from the tumours that there were'),
      })
    }
    expect(await find({ request: asked }, [])).toMatchObject({ notMeasured: expect.stringContaining('it learned') })
    expect(await find({}, [set.tumours])).toEqual({ tables: [set.tumours], measured: [], notMeasured: null })
  })

  it('that the run’s own fold held out measure it', async () => {
    const asked = request(set, { recipe: 'head', changes: { size: 64 }, tumours: [set.tumours] })
    const run = await core.trainings.start(asked, 'Dr Test', 'fold')
    const folded = await core.trainings.outcome(run)
    const folder = { runDir: join(core.folder.root, 'runs', run), folds: [], tumours: [set.tumours] }
    const { tables, measured, notMeasured } = await findSensitivity(folder, folded)
    expect([tables, notMeasured]).toEqual([[], null])
    // Five groups of three: one in each fold.
    expect(measured).toMatchObject([{ n: 3 }])
  })
})

it('of a run that is not finished there is no model', async () => {
  const added = core.models.addRun('none', { ...OPTIONS, id: 'none-1' }, 'Dr Test')
  await expect(added).rejects.toMatchObject({ code: 'training-run-unknown' })
})
