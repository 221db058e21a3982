import { GyrusError } from '../../shared/errors.ts'
import type { InputStatistics } from '../../shared/input-statistics.ts'
import type { StoredFile } from '../sealed/read.ts'
import { decodeFile } from './decode/file.ts'
import { judgeInput } from './input-gate/index.ts'
import { outlineOf } from './input-gate/outline.ts'
import type { Measured } from './measure/index.ts'
import { MeasureThreads } from './measure/threads.ts'
import { preprocessMeasured } from './preprocess/index.ts'
import type { Classification, EngineInput, ModelIdentity } from './protocol.ts'
import type { Model, Prediction } from './types.ts'

/** Larger batches bring no more speed on a few cores, and let the first result wait. */
const MAX_BATCH = 16
/**
 * Images decoded at a time: a whole batch, because the network runs in the calling thread (onnxruntime-node), which hands
 * no further image to the decoder's threads before it is done.
 */
const DECODING = MAX_BATCH

interface Waiting {
  file: StoredFile & { entry?: string }
  /** Of the file's images, from 0 on; without it the one that stands for it. */
  frame: number | undefined
  /** A reader waits for it: it goes before the others at every step. */
  urgent: boolean
  signal: AbortSignal
  /** The model in use when it was asked for: what decodes for one model is not read by another. */
  serving: Serving
  resolve(classification: Classification): void
  reject(error: unknown): void
}

interface Decoded extends Waiting {
  input: Float32Array
  statistics: InputStatistics
  /** Beside the network, mostly. */
  measuring: Promise<Measured>
  /** How far its outline is from the training images’. */
  shape: number | null
  image: Classification['image']
  dicom: Classification['dicom']
  timings: { decode: number; preprocess: number }
}

/** A model with the number of images that still want it. */
interface Serving {
  model: Model
  open: number
}

/**
 * Decodes ahead while the network runs: what has been decoded meanwhile goes through it as the next batch.
 * A single scan is thus a batch of one and waits for nobody; a folder fills batches by itself.
 */
export class Classifier {
  #serving: Serving | undefined
  #waiting: Waiting[] = []
  #decoded: Decoded[] = []
  #decoding = 0
  readonly #threads = new MeasureThreads()
  #predicting = false

  /** Later classifications use this model; the one before is let go when it has finished what it was asked. */
  use(model: Model): void {
    const before = this.#serving
    this.#serving = { model, open: 0 }
    this.#threads.prepare()
    if (before) this.#letGo(before)
  }

  /** Classifies one file. Errors of the decoder, `model-missing` before a model is there, `cancelled`. */
  classify({ urgent = false, frame, ...file }: EngineInput<'classify'>, signal: AbortSignal): Promise<Classification> {
    const serving = this.#serving
    if (!serving) return Promise.reject(new GyrusError('model-missing', { model: 'none', file: 'model.json' }))
    serving.open += 1
    const done = new Promise<Classification>((resolve, reject) => {
      addTo(this.#waiting, { file, frame, urgent, signal, serving, resolve, reject })
      this.#decodeMore()
    })
    return done.finally(() => {
      serving.open -= 1
      this.#letGo(serving)
    })
  }

  /** Other work with the model in use, which stays until it is done. @throws GyrusError `model-missing` before one is there */
  async with<T>(work: (model: Model) => Promise<T>): Promise<T> {
    const serving = this.#serving
    if (!serving) throw new GyrusError('model-missing', { model: 'none', file: 'model.json' })
    serving.open += 1
    try {
      return await work(serving.model)
    } finally {
      serving.open -= 1
      this.#letGo(serving)
    }
  }

  #letGo(serving: Serving): void {
    if (serving !== this.#serving && serving.open === 0) void serving.model.dispose()
  }

  #decodeMore(): void {
    const room = Math.max(this.#decoded.length, this.#threads.open) < 2 * MAX_BATCH
    if (!room || this.#decoding >= DECODING) return
    const next = this.#waiting.shift()
    if (!next) return
    this.#decoding += 1
    void this.#decode(next).finally(() => {
      this.#decoding -= 1
      this.#decodeMore()
    })
    this.#decodeMore()
  }

  async #decode(waiting: Waiting): Promise<void> {
    try {
      if (waiting.signal.aborted) throw new GyrusError('cancelled')
      const { preprocessing } = waiting.serving.model.manifest
      const start = performance.now()
      const image = await decodeFile(waiting.file, waiting.frame)
      const decoded = performance.now()
      const measuring = this.#threads.measure(image, waiting.urgent)
      // Who waits for it is told; that nobody does yet is no fault.
      measuring.catch(() => undefined)
      const { input, statistics, seen } = preprocessMeasured(image, preprocessing)
      const shape = waiting.serving.model.inputGate.shape(outlineOf(seen.planes, preprocessing.size))
      const timings = { decode: decoded - start, preprocess: performance.now() - decoded }
      const { format, width, height, dicom } = image
      addTo(this.#decoded, {
        ...waiting,
        input,
        statistics,
        measuring,
        shape,
        image: { format, width, height },
        dicom,
        timings,
      })
      void this.#predictAll()
    } catch (error) {
      waiting.reject(error)
    }
  }

  async #predictAll(): Promise<void> {
    if (this.#predicting) return
    this.#predicting = true
    while (this.#decoded.length > 0) {
      const batch = this.#nextBatch()
      this.#decodeMore()
      await this.#predict(batch)
    }
    this.#predicting = false
  }

  /** What waits for the same model as the first. */
  #nextBatch(): Decoded[] {
    const { serving } = this.#decoded[0] as Decoded
    const other = this.#decoded.findIndex((one) => one.serving !== serving)
    return this.#decoded.splice(0, Math.min(MAX_BATCH, other < 0 ? MAX_BATCH : other))
  }

  async #predict(batch: Decoded[]): Promise<void> {
    try {
      const start = performance.now()
      const { model } = (batch[0] as Decoded).serving
      const predictions = await model.predict(batch.map((one) => one.input))
      const inference = (performance.now() - start) / batch.length
      for (const [index, one] of batch.entries()) void this.#answer(one, predictions[index] as Prediction, inference)
    } catch (error) {
      for (const one of batch) one.reject(error)
    }
  }

  /** Once it is measured, too. */
  async #answer(one: Decoded, { confidences, features }: Prediction, inference: number): Promise<void> {
    try {
      const { model } = one.serving
      const { image, dicom, statistics, shape, timings } = one
      const compared = { distance: model.distance(features), vector: model.vector(features) }
      const waits = performance.now()
      const { look, region } = await one.measuring
      const preprocess = timings.preprocess + performance.now() - waits
      const asked = { look, statistics, dicom, shape, distance: compared.distance }
      const gate = judgeInput(asked, model.inputGate.limits)
      const told = {
        image,
        statistics,
        ...compared,
        gate,
        set: model.answerSet(confidences),
        region,
        ...(dicom && { dicom }),
      }
      one.resolve({ model: identityOf(model), confidences, ...told, timings: { ...timings, preprocess, inference } })
    } catch (error) {
      one.reject(error)
    } finally {
      this.#decodeMore()
    }
  }
}

function addTo<T extends Waiting>(queue: T[], one: T): void {
  if (one.urgent) queue.unshift(one)
  else queue.push(one)
}

export const identityOf = ({ manifest, provider }: Model): ModelIdentity => ({
  id: manifest.id,
  weightsSha256: manifest.weights.sha256,
  preprocessingVersion: manifest.preprocessing.version,
  provider,
})
