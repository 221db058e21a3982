import type { Preprocessing } from '../../../shared/model.ts'

/** Below this share of white a place is background, as in `findHead`. */
const BACKGROUND = 0.12

/** `size × size`, 1 where a network's input shows the head and not what lies beside it. */
export function inHead(input: Float32Array, { size, normalise: { mean, std } }: Preprocessing): Uint8Array {
  const head = new Uint8Array(size * size)
  for (let i = 0; i < head.length; i++) head[i] = (input[i] as number) * std + mean > BACKGROUND * 255 ? 1 : 0
  return head
}
