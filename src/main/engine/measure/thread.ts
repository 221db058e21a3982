import { parentPort } from 'node:worker_threads'
import type { DecodedImage } from '../types.ts'
import { type Measured, measureImage } from './index.ts'

export interface MeasureOrder {
  id: number
  image: DecodedImage
}

/** What the thread tells: an error's class is lost. */
export type MeasureAnswer = { id: number } & ({ measured: Measured } | { error: string })

/** A thread of its own: the network runs in the engine's, and nothing is measured there meanwhile. */
parentPort?.on('message', ({ id, image }: MeasureOrder) => {
  parentPort?.postMessage(answer(id, image))
})

function answer(id: number, image: DecodedImage): MeasureAnswer {
  try {
    return { id, measured: measureImage(image) }
  } catch (error) {
    return { id, error: String(error) }
  }
}
