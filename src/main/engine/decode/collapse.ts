/**
 * One channel of an interleaved RGB image where all three are the same, else undefined. Most grey scans are stored as
 * RGB, and a third of the values is enough for all that follows.
 */
export function collapseGrey<T extends Uint8Array | Uint16Array>(rgb: T): T | undefined {
  for (let i = 0; i < rgb.length; i += 3) {
    if (rgb[i] !== rgb[i + 1] || rgb[i] !== rgb[i + 2]) return undefined
  }
  const grey = (rgb instanceof Uint16Array ? new Uint16Array(rgb.length / 3) : new Uint8Array(rgb.length / 3)) as T
  for (let i = 0; i < grey.length; i++) grey[i] = rgb[i * 3] ?? 0
  return grey
}
