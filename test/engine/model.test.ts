import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeImage } from '../../src/main/engine/decode/index.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocess } from '../../src/main/engine/preprocess/index.ts'
import { fitTemperature } from '../../src/main/engine/train/temperature.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { CARD_ITEMS } from '../../src/shared/card-items.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { aboutSchema, cardSchema, parseModelFile } from '../../src/shared/model.ts'
import { ACTIVE, copyOfShipped, edit, RESOURCES, SHIPPED } from './support/shipped.ts'

async function failureOf(dir: string): Promise<{ code: string; message: string }> {
  const error = await loadModel(dir).then(
    () => expect.unreachable('it was loaded'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(GyrusError)
  return (error as GyrusError).toFailure()
}

describe('the card of the model in force', () => {
  it('says all that CLAIM and the transparency principles ask for, as people wrote it', async () => {
    const { card, manifest, dispose } = await loadModel(ACTIVE)
    await dispose()
    expect(`${MODEL_DIR}`).toBe(ACTIVE)
    expect(CARD_ITEMS.filter((item) => !card[item])).toEqual([])
    const path = join(RESOURCES, '..', 'scripts', 'model', manifest.id, 'about.json')
    const { data, ...about } = aboutSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    expect(card).toMatchObject({ ...about, training: { data } })
  })

  it('has an interval of each recall, on every set of images, unless all or one were found', async () => {
    const { card, dispose } = await loadModel(ACTIVE)
    await dispose()
    expect(card.results).toHaveLength(4)
    for (const { name, recall, intervals } of card.results) {
      for (const label of LABELS) {
        const [low, high] = intervals.recall?.[label] ?? []
        if (recall[label] === 1 && low === undefined) continue
        expect(low, `${name}, ${label}`).toBeLessThan(recall[label] as number)
        expect(high, `${name}, ${label}`).toBeGreaterThan(recall[label] as number)
      }
    }
  })

  it('still reads as an earlier version wrote it, and a word in no item is refused', async () => {
    const text = await readFile(join(ACTIVE, 'card.json'), 'utf8')
    const card = cardSchema.parse(JSON.parse(text))
    const old = structuredClone(card)
    for (const item of CARD_ITEMS) delete old[item]
    for (const result of old.results) delete result.intervals.recall
    expect(parseModelFile('m', 'card.json', JSON.stringify(old), cardSchema)).toEqual(old)
    const unknown = JSON.stringify({ ...card, mkaer: 'x' })
    expect(() => parseModelFile('m', 'card.json', unknown, cardSchema)).toThrow(GyrusError)
    expect(() => parseModelFile('m', 'card.json', JSON.stringify({ ...card, maker: '' }), cardSchema)).toThrow(
      GyrusError,
    )
  })
})

describe('the shipped model', () => {
  it('loads, names itself and predicts its golden images as it should', async () => {
    const model = await loadModel(SHIPPED, { threads: 1 })
    const { manifest, card } = model
    expect(model.provider).toMatch(/^onnxruntime-node \d+\.\d+\.\d+ cpu$/)
    expect(card).toMatchObject({ id: manifest.id, weightsSha256: manifest.weights.sha256 })
    for (const { file, probabilities } of manifest.golden.images) {
      const input = await preprocess(await decodeImage(await readFile(join(SHIPPED, file))), manifest.preprocessing)
      const [prediction] = await model.predict([input])
      LABELS.forEach((label, i) => {
        expect(prediction?.confidences[label]).toBeCloseTo(probabilities[i] as number, 3)
      })
      expect(prediction?.logits).toHaveLength(4)
      expect(prediction?.features).toHaveLength(1280)
    }
    await model.dispose()
  })

  it.each([SHIPPED, ACTIVE])('has golden images of every class, and a card that meets the bar: %s', async (dir) => {
    const { manifest, card, dispose } = await loadModel(dir)
    const called = manifest.golden.images.map(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities)))
    expect(new Set(called)).toEqual(new Set([0, 1, 2, 3]))
    const publicTest = card.results.find(({ n }) => n === 596)
    expect(publicTest?.macroRecall).toBeGreaterThanOrEqual(0.93)
    await dispose()
  })

  it('has the images that set its thresholds and limits, all of them; one without such images loads as well', async () => {
    const [active, first] = await Promise.all([loadModel(ACTIVE), loadModel(SHIPPED)])
    await Promise.all([active.dispose(), first.dispose()])
    expect(active.manifest.calibration?.by).toBe('cross-validation')
    const { images, runs } = active.calibration ?? { images: [], runs: [] }
    expect([images.length, runs.length]).toEqual([4710, 5])
    const logits = images.map(([, , , ...logits]) => logits)
    const truth = images.map(([, truth]) => truth)
    expect(fitTemperature(logits, truth)).toBeCloseTo(active.manifest.temperature, 9)
    expect(first.calibration).toBeNull()
  })

  it('says the same of an image alone and in a batch, whatever the threads', async () => {
    const one = await loadModel(SHIPPED, { threads: 1 })
    const two = await loadModel(SHIPPED, { threads: 2 })
    const { size } = one.manifest.preprocessing
    const inputs = [1, 2, 3, 4, 5].map((seed) =>
      Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i / seed)),
    )
    const batch = await two.predict(inputs)
    for (const [i, input] of inputs.entries()) {
      const [alone] = await one.predict([input])
      for (const label of LABELS)
        expect(alone?.confidences[label]).toBeCloseTo(batch[i]?.confidences[label] as number, 5)
    }
    expect(await one.predict([])).toEqual([])
    await Promise.all([one.dispose(), two.dispose()])
  })
})

describe('a spoilt model', () => {
  let dir = ''
  beforeEach(async () => {
    dir = await copyOfShipped()
  })
  afterEach(() => rm(dirname(dir), { recursive: true }))

  /** Puts other weights in, with a manifest and a card that vouch for them. */
  async function replaceWeights(bytes: Uint8Array): Promise<void> {
    await writeFile(join(dir, 'model.onnx'), bytes)
    await edit(dir, 'model.json', (manifest) => {
      manifest.weights.sha256 = sha256Of(bytes)
    })
    await edit(dir, 'card.json', (card) => {
      card.weightsSha256 = sha256Of(bytes)
    })
  }

  it.each(['model.json', 'card.json', 'model.onnx', 'golden/3.png'])('without %s', async (file) => {
    await rm(join(dir, file))
    expect(await failureOf(dir)).toMatchObject({
      code: 'model-missing',
      message: `The model “efl0-head-1” is not complete: ${file} is missing.`,
    })
  })

  it('that is not there at all', async () => {
    expect(await failureOf(join(dir, 'nowhere'))).toMatchObject({ code: 'model-missing' })
  })

  it.each(['model.onnx', 'golden/1.jpg'])('with one bit of %s changed', async (file) => {
    const bytes = await readFile(join(dir, file))
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    await writeFile(join(dir, file), bytes)
    const failure = await failureOf(dir)
    expect(failure.code).toBe('model-altered')
    expect(failure.message).toContain(file)
  })

  it('with calibration images that were changed, or are none', async () => {
    const { manifest, dispose } = await loadModel(ACTIVE)
    await dispose()
    const bytes = Buffer.from(await readFile(join(ACTIVE, 'calibration.json')))
    const name = async (sha256: string) => {
      await writeFile(join(dir, 'calibration.json'), bytes)
      await edit(dir, 'model.json', (own) => {
        own.calibration = { file: 'calibration.json', by: 'cross-validation', sha256 }
      })
    }
    await name(manifest.calibration?.sha256 ?? '')
    await (await loadModel(dir)).dispose()
    // One digit of a logit.
    const digit = bytes.lastIndexOf('.') + 1
    bytes[digit] = bytes[digit] === 49 ? 50 : 49
    await name(manifest.calibration?.sha256 ?? '')
    const altered = await failureOf(dir)
    expect(altered.code).toBe('model-altered')
    expect(altered.message).toContain('calibration.json')
    // Vouched for, but no such file.
    bytes.write('[', 0)
    await name(sha256Of(bytes))
    expect((await failureOf(dir)).message).toContain('calibration.json: not JSON')
    await rm(join(dir, 'calibration.json'))
    expect(await failureOf(dir)).toMatchObject({ code: 'model-missing' })
  })

  it('with the card of another', async () => {
    await edit(dir, 'card.json', (card) => {
      card.weightsSha256 = 'a'.repeat(64)
    })
    expect(await failureOf(dir)).toMatchObject({ code: 'model-altered' })
  })

  it('with a manifest that is no JSON', async () => {
    await writeFile(join(dir, 'model.json'), '{"id": ')
    const failure = await failureOf(dir)
    expect(failure).toMatchObject({ code: 'model-invalid' })
    expect(failure.message).toContain('model.json: not JSON')
  })

  it('with a setting that makes no sense, or a path out of its folder', async () => {
    await edit(dir, 'model.json', (manifest) => {
      manifest.temperature = -1
    })
    expect((await failureOf(dir)).message).toContain('temperature')
    await edit(dir, 'model.json', (manifest) => {
      manifest.temperature = 1
      manifest.weights.file = '../model.onnx'
    })
    const failure = await failureOf(dir)
    expect(failure.code).toBe('model-invalid')
    expect(failure.message).toContain('weights.file')
  })

  it('with weights that are no network', async () => {
    await replaceWeights(Buffer.from('weights'))
    expect(await failureOf(dir)).toMatchObject({ code: 'model-invalid' })
  })

  it('with a network that is no classifier', async () => {
    await replaceWeights(await readFile(join(RESOURCES, 'base-weights/efficientnet-lite0.onnx')))
    expect(await failureOf(dir)).toMatchObject({ code: 'model-invalid' })
  })

  it('with another temperature or preprocessing, which no hash covers, fails its golden images', async () => {
    await edit(dir, 'model.json', (manifest) => {
      manifest.temperature *= 1.1
    })
    const failure = await failureOf(dir)
    expect(failure.code).toBe('model-golden-mismatch')
    expect(failure.message).toMatch(/largest difference 0\.0/)
    await edit(dir, 'model.json', (manifest) => {
      manifest.temperature /= 1.1
      manifest.preprocessing.normalise.mean = 128
    })
    expect(await failureOf(dir)).toMatchObject({ code: 'model-golden-mismatch' })
  })
})
