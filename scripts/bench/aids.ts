import { basename } from 'node:path'
import { findFiles } from '../../src/main/core/intake/find.ts'
import { nearest, numbersOf } from '../../src/main/core/similar/nearest.ts'
import { readTrained } from '../../src/main/core/similar/trained-index.ts'
import { Classifier } from '../../src/main/engine/classifier.ts'
import { decodeFile } from '../../src/main/engine/decode/file.ts'
import { METHODS } from '../../src/main/engine/explain/index.ts'
import { answerExplain } from '../../src/main/engine/explain/request.ts'
import { loadModel } from '../../src/main/engine/model/index.ts'
import { preprocessPlaced } from '../../src/main/engine/preprocess/index.ts'
import type { Classification } from '../../src/main/engine/protocol.ts'
import type { Model } from '../../src/main/engine/types.ts'
import { MODEL_DIR } from '../../src/main/installation.ts'
import { calledLabel } from '../../src/shared/labels.ts'
import { type Aim, defineBench, type Figure, type Row } from './support/contract.ts'
import { missingFolder, TEST_IMAGES } from './support/folders.ts'
import { inOrder, quantile, timed, timesOf } from './support/times.ts'

/** Of the chain without occlusion, of a map by class activation against one inference, of one by occlusion. */
const AIM = { chainMs: 60, camRatio: 3, occlusionMs: 1000 }
/** Compiled code is warm after some dozens. */
const WARM_UP = 40
/** Neighbours that are looked for. */
const NEAREST = 40

export const bench = defineBench({
  name: 'aids',
  area: 'aids',
  title: 'The chain for one slice',
  question:
    'What do the reading aids cost for one slice, warm, in the engine: decode, gate and prediction; the map with its faithfulness; similar images; and each kind of map against one inference?',
  sizes: { slices: { what: 'test images', usual: 200, small: 2 } },
  minutes: 1,
  missing: missingFolder(TEST_IMAGES),
  run: async ({ slices }) => {
    const all = await Array.fromAsync(findFiles([TEST_IMAGES]))
    const every = Math.max(1, Math.floor(all.length / (slices + WARM_UP)))
    const chosen: Slice[] = all.filter((_, i) => i % every === 0).slice(0, slices + WARM_UP)
    const classifier = new Classifier()
    const model = await loadModel(MODEL_DIR)
    try {
      classifier.use(model)
      const rows = [...(await chain(classifier, chosen)), ...(await methods(model, (chosen[0] as Slice).path))]
      return { rows, remarks: ['The time of the processor is that of all cores together.'] }
    } finally {
      await model.dispose()
    }
  },
})

interface Slice {
  path: string
  said?: Classification
}

/** A step of the chain; a further aid is an entry. */
interface Step {
  name: string
  /** Milliseconds of its parts, by name; what it leaves out is its own. */
  run(slice: Slice): Promise<Record<string, number>>
}

const { signal } = new AbortController()

async function stepsOf(classifier: Classifier): Promise<Step[]> {
  const trained = await readTrained({ id: basename(MODEL_DIR), dir: MODEL_DIR })
  return [
    {
      name: 'gate and prediction',
      async run(slice) {
        slice.said = await classifier.classify({ path: slice.path }, signal)
        return slice.said.timings
      },
    },
    {
      name: 'map and faithfulness',
      async run({ path, said }) {
        if (!said) throw new Error('a slice is classified first')
        const { confidences: known } = said
        const asked = { path, known, label: calledLabel(known) }
        // Where there is no heat, that is the answer.
        const told = await classifier
          .with((model) => answerExplain(model, asked, signal))
          .catch((error: { code?: string }) =>
            error.code === 'explain-no-heat' ? { timings: {} } : Promise.reject(error),
          )
        return { ...told.timings }
      },
    },
    {
      name: 'similar images',
      async run({ said }) {
        if (!said?.vector) throw new Error('the model carries nothing to compare with')
        const { vectors, file } = trained
        nearest(vectors, file.header.images, numbersOf(said.vector.values), NEAREST)
        return {}
      },
    },
  ]
}

async function chain(classifier: Classifier, slices: Slice[]): Promise<Row[]> {
  const steps = await stepsOf(classifier)
  const times = new Map<string, number[]>()
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms])
  for (const [i, slice] of slices.entries()) {
    const counts = i >= Math.min(WARM_UP, slices.length - 1)
    let total = 0
    const used = process.cpuUsage()
    for (const { name, run } of steps) {
      const [ms, parts] = await timed(() => run(slice))
      total += ms
      if (!counts) continue
      note(name, ms)
      for (const [part, time] of Object.entries(parts)) note(`… ${part}`, time)
    }
    if (!counts) continue
    const { user, system } = process.cpuUsage(used)
    note('the whole chain', total)
    note('the whole chain, processor', (user + system) / 1000)
  }
  return [...times].map(([what, all]) => ({
    what,
    figures: figuresOf(all, what === 'the whole chain' ? { most: AIM.chainMs } : undefined),
  }))
}

/** One map of one slice, again and again: other work on the machine only adds, so the quickest is told as well. */
async function methods(model: Model, path: string): Promise<Row[]> {
  const image = await decodeFile({ path })
  const own = preprocessPlaced(image, model.manifest.preprocessing)
  const one = await warmTimes(30, () => model.predict([own.input]))
  const rows: Row[] = [{ what: 'one inference', figures: [...figuresOf(one), inferences(one, one)] }]
  for (const { name, make } of Object.values(METHODS)) {
    const runs = name === 'occlusion' ? 5 : 20
    const times = await warmTimes(runs, () => make({ model, image, own, label: 'glioma', signal }))
    const slow: Aim | undefined = name === 'occlusion' ? { most: AIM.occlusionMs } : undefined
    const ratio = { ...inferences(times, one), aim: name === 'cam' ? { most: AIM.camRatio } : undefined }
    rows.push({ what: `a map by ${name}`, figures: [...figuresOf(times, slow), ratio] })
  }
  return rows
}

function inferences(times: number[], one: number[]): Figure {
  return { of: 'quickest / quickest inference', value: Math.min(...times) / Math.min(...one), unit: '×' }
}

async function warmTimes(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  await timesOf(2, work)
  return timesOf(runs, work)
}

function figuresOf(values: number[], aim?: Aim): Figure[] {
  const sorted = inOrder(values)
  return [
    { of: 'median', value: quantile(sorted, 0.5), unit: 'ms', aim },
    { of: 'quickest', value: quantile(sorted, 0), unit: 'ms' },
    { of: 'p95', value: quantile(sorted, 0.95), unit: 'ms' },
  ]
}
