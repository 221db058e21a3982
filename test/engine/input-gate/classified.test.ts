import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Classifier } from '../../../src/main/engine/classifier.ts'
import { loadModel } from '../../../src/main/engine/model/index.ts'
import type { Model } from '../../../src/main/engine/types.ts'
import { ACTIVE, RESOURCES, SHIPPED } from '../support/shipped.ts'

const SAMPLES = join(RESOURCES, 'samples')
const models: Model[] = []

beforeAll(async () => {
  models.push(await loadModel(ACTIVE), await loadModel(SHIPPED))
})
afterAll(() => Promise.all(models.map((model) => model.dispose())))

function classify(path: string, model = models[0] as Model) {
  const classifier = new Classifier()
  classifier.use(model)
  return classifier.classify({ path }, new AbortController().signal)
}

it('every sample is answered, with a set that holds what is called', async () => {
  for (const name of readdirSync(SAMPLES).filter((file) => /\.(jpg|png)$/.test(file))) {
    const { gate, set, confidences } = await classify(join(SAMPLES, name))
    expect(gate.verdict, name).not.toBe('outside')
    const likeliest = Object.entries(confidences).sort(([, a], [, b]) => b - a)[0]?.[0]
    expect(set?.[0], name).toBe(likeliest)
  }
})

it('a model that does not tell what it learned from says so, and gives no set', async () => {
  const { gate, set, distance } = await classify(join(SAMPLES, 'sample-01.jpg'), models[1])
  expect({ gate, set, distance }).toEqual({
    gate: { verdict: 'borderline', reasons: ['unjudged'] },
    set: null,
    distance: null,
  })
})
