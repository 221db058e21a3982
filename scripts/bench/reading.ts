import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MODEL_DIR } from '../../src/main/installation.ts'
import type { ModelManifest } from '../../src/shared/model.ts'
import { defineBench, type Findings, type Row, single } from './support/contract.ts'
import { inFolder, missingFolder, TEST_IMAGES } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { NETWORKS, runPython } from './support/python.ts'
import { median, timed } from './support/times.ts'
import { jpegsIn, writeVariants } from './support/variants.ts'

export const bench = defineBench({
  name: 'reading',
  area: 'reading',
  title: 'A folder from a cold start',
  question:
    'How long does `gyrus classify` take from its start to the last logged result, against a bare loop of sharp and ONNX Runtime, and against plain Python scripts?',
  sizes: {
    images: { what: 'test images', usual: 596, small: 8 },
    rounds: { what: 'rounds by turns, of which the median counts', usual: 3, small: 1 },
  },
  minutes: 3,
  missing: missingFolder(TEST_IMAGES),
  run: ({ images, rounds }) =>
    inFolder(async (folder) => {
      const input = join(folder, 'images')
      await writeVariants(await jpegsIn(TEST_IMAGES), input, images)
      return measure(input, folder, images, rounds)
    }),
})

async function measure(input: string, folder: string, images: number, rounds: number): Promise<Findings> {
  const bare: number[] = []
  const gyrus: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await runNode('scripts/bench/support/bare-loop.ts', MODEL_DIR, input))
    const data = join(folder, `data-${round}`)
    gyrus.push(await runNode('src/main/cli/main.ts', 'classify', input, '--json', '--data-dir', data))
  }
  const [own, loop] = [median(gyrus), median(bare)]
  const python = againstPython(input)
  const versions = python.flatMap(({ name, version }) => (version ? [[name, version] as const] : []))
  return {
    rows: [
      single(`Gyrus, ${images} images, each logged`, own, 's'),
      single('bare loop, one image after the other, nothing logged', loop, 's'),
      single('Gyrus / bare loop', own / loop, '×', { aim: { most: 1.25 } }),
      ...python.flatMap((one) => rowsOf(one, own)),
    ],
    versions: Object.fromEntries(versions),
  }
}

interface Script {
  name: string
  seconds: number | null
  version: string
  reason: string
}

/** The same folder by plain scripts with the same network, each once, after a run that warms the disk's cache. */
function againstPython(input: string): Script[] {
  const manifest = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8')) as ModelManifest
  const { size } = manifest.preprocessing
  return (
    [
      ['keras', 'keras_reading.py', [input, size]],
      ['onnxruntime', 'onnxruntime_reading.py', [input, size, join(MODEL_DIR, manifest.weights.file)]],
    ] as [string, string, (string | number)[]][]
  ).map(([name, script, args]) => {
    const warm = runPython(NETWORKS, script, args)
    const python = 'reason' in warm ? warm : runPython(NETWORKS, script, args)
    if ('reason' in python) return { name, seconds: null, version: '', reason: `not run: ${python.reason}` }
    return { name, seconds: python.seconds, version: python.last, reason: '' }
  })
}

function rowsOf({ name, seconds, reason }: Script, own: number): Row[] {
  const what = name === 'keras' ? 'Python: OpenCV and Keras on TensorFlow' : 'Python: OpenCV and ONNX Runtime'
  const remark = reason || undefined
  const ratio = seconds === null ? null : seconds / own
  // Times as fast as a plain script of the network's own library.
  const aim = name === 'keras' ? { aim: { least: 4 } } : {}
  return [
    { ...single(what, seconds, 's'), remark },
    { ...single(`${what} / Gyrus`, ratio, '×', aim), remark },
  ]
}

/** Time of one Node process by the clock, start to end, s. */
async function runNode(...args: string[]): Promise<number> {
  const [ms, { status, stderr }] = await timed(() =>
    spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 27, cwd: ROOT }),
  )
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr}`)
  return ms / 1000
}
