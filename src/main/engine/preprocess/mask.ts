/** A region of an image; `inside` is 1 or 0 a cell, row-major. */
export interface Mask {
  width: number
  height: number
  inside: Uint8Array
}

/**
 * Shrinks or grows a region by one cell in all eight directions; beyond the image it goes on as at its border. A square of
 * cells is a row of columns, so three cells across and then three down do.
 */
export function morph({ width, height, inside }: Mask, how: 'erode' | 'dilate'): Mask {
  const wanted = how === 'dilate' ? 1 : 0
  const across = new Uint8Array(inside.length)
  const changed = new Uint8Array(inside.length)
  for (let i = 0, x = 0; i < inside.length; i++, x = x + 1 === width ? 0 : x + 1) {
    const met =
      inside[i] === wanted || (x > 0 && inside[i - 1] === wanted) || (x + 1 < width && inside[i + 1] === wanted)
    across[i] = met ? wanted : 1 - wanted
  }
  for (let i = 0; i < inside.length; i++) {
    // What lies beyond the first or last row is undefined, which is never wanted.
    const met = across[i] === wanted || across[i - width] === wanted || across[i + width] === wanted
    changed[i] = met ? wanted : 1 - wanted
  }
  return { width, height, inside: changed }
}

/** The cells of the largest region whose cells touch, corners included; the first of several as large. */
export function largestComponent({ width, height, inside }: Mask): Uint8Array {
  const label = new Int32Array(inside.length)
  const stack = new Int32Array(inside.length)
  let best = { label: -1, size: 0 }
  let count = 0
  for (let start = 0; start < inside.length; start++) {
    if (inside[start] === 0 || label[start] !== 0) continue
    const size = flood(start, ++count)
    if (size > best.size) best = { label: count, size }
  }
  const largest = new Uint8Array(inside.length)
  for (let i = 0; i < largest.length; i++) if (label[i] === best.label) largest[i] = 1
  return largest

  function flood(start: number, of: number): number {
    let [waiting, size] = [1, 0]
    stack[0] = start
    label[start] = of
    while (waiting > 0) {
      const i = stack[--waiting] as number
      size += 1
      const y = Math.floor(i / width)
      const [left, right] = [Math.max(0, i - y * width - 1), Math.min(width - 1, i - y * width + 1)]
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let next = v * width + left; next <= v * width + right; next++) {
          if (inside[next] === 0 || label[next] !== 0) continue
          label[next] = of
          stack[waiting++] = next
        }
      }
    }
    return size
  }
}
