/** A region of an image; `inside` is 1 or 0 a cell, row-major. */
export interface Mask {
  width: number
  height: number
  inside: Uint8Array
}

/** Shrinks or grows a region by one cell in all eight directions; beyond the image it goes on as at its border. */
export function morph({ width, height, inside }: Mask, how: 'erode' | 'dilate'): Mask {
  const wanted = how === 'dilate' ? 1 : 0
  const meets = (x: number, y: number) => {
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        if (inside[v * width + u] === wanted) return true
      }
    }
    return false
  }
  const changed = inside.map((_, i) => (meets(i % width, Math.floor(i / width)) ? wanted : 1 - wanted))
  return { width, height, inside: changed }
}

/** The cells of the largest region whose cells touch, corners included; the first of several as large. */
export function largestComponent({ width, height, inside }: Mask): Uint8Array {
  const label = new Int32Array(inside.length)
  let best = { label: 0, size: 0 }
  let count = 0
  for (let start = 0; start < inside.length; start++) {
    if (!inside[start] || label[start]) continue
    const size = flood(start, ++count)
    if (size > best.size) best = { label: count, size }
  }
  return Uint8Array.from(label, (of) => (best.size > 0 && of === best.label ? 1 : 0))

  function flood(start: number, of: number): number {
    const stack = [start]
    label[start] = of
    let size = 0
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      size += 1
      const [x, y] = [i % width, Math.floor(i / width)]
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u
          if (!inside[next] || label[next]) continue
          label[next] = of
          stack.push(next)
        }
      }
    }
    return size
  }
}
