import { GyrusError } from '../../../../shared/errors.ts'
import { LABELS, type Label } from '../../../../shared/labels.ts'
import type { Preprocessing } from '../../../../shared/model.ts'
import { readImageBytes } from '../../dataset/bytes.ts'
import { decodeImage } from '../../decode/index.ts'
import { preparePlaced } from '../../preprocess/index.ts'
import type { DecodedImage } from '../../types.ts'
import type { TrainingSet } from '../training-set.ts'
import type { Example } from './types.ts'

/** Images decoded at a time. */
const DECODING = 3

/** Pixels of the images in memory, in their order, preprocessed as in serving and rounded to bytes. */
export async function loadPixels(
  examples: Example[],
  spec: Preprocessing,
  follow: { signal: AbortSignal; onProgress(done: number): void; onNoBrain?(file: string): void },
): Promise<TrainingSet> {
  const channels = spec.colour === 'grey' ? 1 : 3
  const length = spec.size * spec.size
  const pixels = new Uint8Array(examples.length * length * channels)
  let next = 0
  let done = 0
  const work = async () => {
    while (next < examples.length) {
      if (follow.signal.aborted) throw new GyrusError('cancelled')
      const index = next++
      const example = examples[index] as Example
      const { planes, noBrain } = preparePlaced(await decodeExample(example), spec)
      if (noBrain) follow.onNoBrain?.(example.file)
      interleave(planes, pixels.subarray(index * length * channels, (index + 1) * length * channels), channels)
      follow.onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: DECODING }, work))
  return {
    size: spec.size,
    channels,
    pixels,
    targets: Float32Array.from(examples.flatMap(({ label }) => targetsOf(label))),
    classes: LABELS.length,
  }
}

/** Decodes an image that is still what it was when its set was frozen. Errors of `readImageBytes` and the decoder. */
export async function decodeExample(example: Example): Promise<DecodedImage> {
  return decodeImage((await readImageBytes(example)).bytes)
}

/** A grey image in a set of coloured ones is the same in all channels. */
function interleave(planes: Float32Array[], out: Uint8Array, channels: number): void {
  for (let channel = 0; channel < channels; channel++) {
    const plane = planes[channel] ?? (planes[0] as Float32Array)
    for (let i = 0; i < plane.length; i++) out[i * channels + channel] = Math.round(plane[i] as number)
  }
}

/** 1 for each label that may be right: a tumour of unknown type may be any of the three. */
export const targetsOf = (label: Label | null): number[] =>
  LABELS.map((name) => Number(label === null ? name !== 'notumor' : name === label))
