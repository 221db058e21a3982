import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { exportModel } from '../../src/main/core/models/export.ts'
import { modelFolder } from '../../src/main/engine/model/files.ts'
import { goldenInputs } from '../../src/main/engine/model/golden.ts'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { ModelManifest } from '../../src/shared/model.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { pythonWith, run } from './support/python.ts'

/** Does what README.txt says with no line of ours. */
const SCRIPT = `
import json, sys
import numpy, onnxruntime
folder, inputs = sys.argv[1:]
manifest = json.load(open(folder + '/model.json'))
size = manifest['preprocessing']['size']
images = numpy.fromfile(inputs, dtype='<f4').reshape(-1, 3, size, size)
session = onnxruntime.InferenceSession(folder + '/' + manifest['weights']['file'], providers=['CPUExecutionProvider'])
logits = session.run(['logits'], {'input': images})[0].astype('float64') / manifest['temperature']
weights = numpy.exp(logits - logits.max(axis=1, keepdims=True))
print(json.dumps((weights / weights.sum(axis=1, keepdims=True)).tolist()))
`

it('an exported model gives Python’s onnxruntime the golden probabilities', async ({ skip }) => {
  const packages = ['onnxruntime==1.23.2', 'numpy']
  const found = await pythonWith('onnxruntime-test', packages, 'import numpy, onnxruntime')
  if ('reason' in found) return skip(found.reason)
  const folder = temporaryFolder()
  const places = {
    shipped: join(MODEL_DIR, '..'),
    registered: join(folder, 'none'),
    defaultId: SHIPPED_MODEL,
    refresh: async () => undefined,
  }
  const store = await openStore(join(folder, 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const target = await exportModel({ places, store }, SHIPPED_MODEL, join(folder, 'exported'), 'Dr A')
  const manifest = JSON.parse(readFileSync(join(target, 'model.json'), 'utf8')) as ModelManifest
  const inputs = await goldenInputs(modelFolder(target), manifest)
  const file = join(folder, 'inputs.f32')
  writeFileSync(
    file,
    Buffer.concat(inputs.map((input) => Buffer.from(input.buffer, input.byteOffset, input.byteLength))),
  )
  const { stdout } = await run(found.path, ['-c', SCRIPT, target, file])
  const probabilities = JSON.parse(stdout) as number[][]
  expect(probabilities).toHaveLength(manifest.golden.images.length)
  for (const [i, image] of manifest.golden.images.entries()) {
    for (const [c, wanted] of image.probabilities.entries()) {
      expect(Math.abs((probabilities[i]?.[c] as number) - wanted)).toBeLessThan(1e-4)
    }
  }
}, 600_000)
