/** Half the width of what a removed place is filled from, as a share of the side. */
const REACH = 1 / 8

/**
 * A network's input without some of its places: each gets the mean of what is kept within an eighth of the side, or of
 * all that is kept, where nothing lies that near. Smooth, so that no edge is made that the network could see.
 *
 * @param input `3 × side × side`
 * @param removed `side × side`, 1 where the image goes; not everywhere
 */
export function remove(input: Float32Array, removed: Uint8Array, side: number): Float32Array {
  const without = input.slice()
  const area = side * side
  const reach = Math.max(1, Math.round(side * REACH))
  const kept = sumsOfKept(null, removed, side)
  for (let channel = 0; channel < 3; channel++) {
    const plane = input.subarray(channel * area, (channel + 1) * area)
    // A grey image is the same in all three.
    if (channel > 0 && beginsAs(plane, input)) {
      without.copyWithin(channel * area, 0, area)
      continue
    }
    const sums = sumsOfKept(plane, removed, side)
    const mean = (sums.at(-1) as number) / Math.max(1, kept.at(-1) as number)
    for (let i = 0; i < area; i++) {
      if (!removed[i]) continue
      const near = boxSum(kept, side, i, reach)
      without[channel * area + i] = near > 0 ? boxSum(sums, side, i, reach) / near : mean
    }
  }
  return without
}

function beginsAs(plane: Float32Array, input: Float32Array): boolean {
  for (let i = 0; i < plane.length; i++) if (plane[i] !== input[i]) return false
  return true
}

/** Of what is kept of a plane (its number, where there is none), all that lies above and left (Crow 1984), a row and column wider. */
function sumsOfKept(plane: Float32Array | null, removed: Uint8Array, side: number): Float64Array {
  const sums = new Float64Array((side + 1) ** 2)
  for (let y = 0; y < side; y++) {
    let row = 0
    const [above, here] = [y * (side + 1) + 1, (y + 1) * (side + 1) + 1]
    for (let x = 0; x < side; x++) {
      const i = y * side + x
      if (!removed[i]) row += plane === null ? 1 : (plane[i] as number)
      sums[here + x] = (sums[above + x] as number) + row
    }
  }
  return sums
}

function boxSum(sums: Float64Array, side: number, at: number, reach: number): number {
  const [x, y] = [at % side, Math.floor(at / side)]
  const [left, right] = [Math.max(0, x - reach), Math.min(side, x + reach + 1)]
  const upper = Math.max(0, y - reach) * (side + 1)
  const lower = Math.min(side, y + reach + 1) * (side + 1)
  const below = (sums[lower + right] as number) - (sums[upper + right] as number)
  return below - (sums[lower + left] as number) + (sums[upper + left] as number)
}
