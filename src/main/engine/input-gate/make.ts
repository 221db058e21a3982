import type { InputGateFile } from '../../../shared/input-gate-file.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { distanceTo } from '../inputs/distance.ts'
import { fitFeatures } from '../inputs/fit.ts'
import type { MeasuredImage } from '../inputs/measure.ts'
import { pack, unpack } from '../inputs/packed.ts'
import { fitInputGate } from './fit.ts'

export const INPUT_GATE_FILE = 'input-gate.json'

/** A model’s images, measured: those that it learned from, and others with what these are in words. */
interface Measured {
  own: MeasuredImage[]
  apart: { words: string; measured: MeasuredImage[] } | null
}

/** `input-gate.json` by a model’s own images; null where too few took no part in its training. */
export function inputGateOf(
  { weights, preprocessing }: ModelManifest,
  data: string,
  { own, apart }: Measured,
): InputGateFile | null {
  if (!apart) return null
  const trained = unpack(pack(fitFeatures(own.map(({ features }) => features))))
  const fitted = fitInputGate(
    own,
    apart.measured,
    apart.measured.map(({ features }) => distanceTo(trained, features)),
  )
  const { words, measured } = apart
  return (
    fitted && {
      ...{ format: 1, weightsSha256: weights.sha256, preprocessing: preprocessing.version },
      date: new Date().toISOString().slice(0, 10),
      data: `${data}: distances by ${measured.length} images (${words}), quality by ${own.length} training images`,
      ...fitted,
    }
  )
}
