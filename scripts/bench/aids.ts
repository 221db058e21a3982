import { existsSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { basename, join } from 'node:path'
import { MODEL_DIR } from '../../src/main/compose.ts'
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
import { calledLabel } from '../../src/shared/labels.ts'

/**
 * What the reading aids cost for one slice, warm, without the way between processes: the whole chain as it is served (decode,
 * gate and prediction; the map of what it is called by what measures best, with its faithfulness; similar training images),
 * split by step, and each method
 * of a map against one inference. As many slices as the first argument says. Beside the time by the clock stands that of the
 * processor, all cores together: other work on the machine changes it less.
 */
const SLICES = Number(process.argv[2] ?? 60)
/** Of the chain without occlusion, of a map by class activation against one inference, of one by occlusion. */
const AIM = { chainMs: 60, camRatio: 3, occlusionMs: 1000 }
const WARM_UP = 5
/** Neighbours that are looked for. */
const NEAREST = 40
const PROCESSOR = ', processor'

/** A step of the chain; a further aid is an entry here. */
interface Step {
  name: string
  /** Milliseconds of its parts, by name; what it leaves out is its own. */
  run(slice: Slice): Promise<Record<string, number>>
}
interface Slice {
  path: string
  said?: Classification
}

const { signal } = new AbortController()
const classifier = new Classifier()
const STEPS: Step[] = [
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
      const { timings } = await classifier.with((model) => answerExplain(model, asked, signal))
      return timings
    },
  },
]

const trained = await readTrained({ id: basename(MODEL_DIR), dir: MODEL_DIR })
STEPS.push({
  name: 'similar images',
  async run({ said }) {
    if (!said?.vector) throw new Error('the model carries nothing to compare with')
    const { vectors, file } = trained
    nearest(vectors, file.header.images, numbersOf(said.vector.values), NEAREST)
    return {}
  },
})

const shared = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '..', '..', '..', 'shared')
const images = join(shared, 'datasets', 'brain-tumor-mri', 'Testing')
if (!existsSync(images)) throw new Error('This bench needs the shared data folder (GYRUS_SHARED).')
const all = await Array.fromAsync(findFiles([images]))
const every = Math.max(1, Math.floor(all.length / (SLICES + WARM_UP)))
const slices: Slice[] = all.filter((_, i) => i % every === 0).map(({ path }) => ({ path }))

console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`,
)
const model = await loadModel(MODEL_DIR)
classifier.use(model)
await chain()
await methods(model)
await model.dispose()

async function chain(): Promise<void> {
  const totals: number[] = []
  const times = new Map<string, number[]>()
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms])
  for (const [i, slice] of slices.entries()) {
    let total = 0
    const parts: [string, number][] = []
    for (const { name, run } of STEPS) {
      const used = process.cpuUsage()
      const begun = performance.now()
      // Where there is no heat, that is the answer.
      const own = await run(slice).catch((error: { code?: string }) => {
        if (error.code !== 'explain-no-heat') throw error
        return {}
      })
      const ms = performance.now() - begun
      if (i >= WARM_UP) note(`${name}${PROCESSOR}`, processorSince(used))
      total += ms
      const told = Object.entries(own)
      parts.push([name, ms], ...told.map(([part, time]): [string, number] => [`  ${part}`, time]))
    }
    if (i < WARM_UP) continue
    totals.push(total)
    for (const [name, ms] of parts) note(name, ms)
  }
  for (const [name, values] of times) console.log(`${name.padEnd(32)} ${say(values)}`)
  console.log(`${'the whole chain'.padEnd(32)} ${say(totals)} (aim: under ${AIM.chainMs} ms)`)
}

/** One map of one slice, again and again: other work on the machine only adds, so the quickest is told as well. */
async function methods(model: Model): Promise<void> {
  const image = await decodeFile({ path: (slices[0] as Slice).path })
  const own = preprocessPlaced(image, model.manifest.preprocessing)
  const one = await timesOf(30, () => model.predict([own.input]))
  console.log(`${'one inference'.padEnd(32)} ${say(one)}`)
  for (const { name, make } of Object.values(METHODS)) {
    const runs = name === 'occlusion' ? 5 : 20
    const times = await timesOf(runs, () => make({ model, image, own, label: 'glioma', signal }))
    const ratio = Math.min(...times) / Math.min(...one)
    const aim = { cam: ` (aim: under ${AIM.camRatio})`, occlusion: ` (aim: under ${AIM.occlusionMs} ms)` }
    console.log(`${name.padEnd(32)} ${say(times)}, ${ratio.toFixed(1)} inferences${aim[name as 'cam'] ?? ''}`)
  }
}

function processorSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function timesOf(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let run = -2; run < runs; run++) {
    const begun = performance.now()
    await work()
    if (run >= 0) times.push(performance.now() - begun)
  }
  return times
}

function say(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return `median ${at(0.5).toFixed(1)} ms, quickest ${at(0).toFixed(1)}, 95 % ${at(0.95).toFixed(1)}`
}
