/**
 * Numbers in [0, 1) that follow from the seed alone: Doty-Humphrey's sfc32 (PractRand), its counter and state set by the
 * seed and mixed for twelve rounds.
 */
export function random(seed: number): () => number {
  let [a, b, c, counter] = [0, seed | 0, (seed / 2 ** 32) | 0, 1]
  const next = () => {
    const out = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return (out >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}
