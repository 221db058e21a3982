import type { Picture } from './types.ts'

/** A picture of this size, black. */
export function blank({ channels, data }: Picture, width: number, height: number): Picture {
  const length = width * height * channels
  return {
    width,
    height,
    channels,
    data: data instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length),
  }
}

export const copyOf = (picture: Picture): Picture => ({ ...picture, data: picture.data.slice() })

/** Rounded, and within 0 and `white`. */
export const toValue = (value: number, white: number): number => Math.min(white, Math.max(0, Math.round(value)))

/** Each value replaced by what becomes of it. */
export function mapped(picture: Picture, white: number, of: (value: number) => number): Picture {
  const table = Float64Array.from({ length: white + 1 }, (_, value) => toValue(of(value), white))
  const data = picture.data.slice()
  for (let i = 0; i < data.length; i++) data[i] = table[Math.min(white, data[i] as number)] as number
  return { ...picture, data }
}

/** Copies `from` onto `onto` with its corner at (left, top); what lies outside is left out. */
export function draw(from: Picture, onto: Picture, left: number, top: number): Picture {
  const { channels } = from
  const [first, end] = [Math.max(0, -left), Math.min(from.width, onto.width - left)]
  if (end <= first) return onto
  for (let y = Math.max(0, -top); y < Math.min(from.height, onto.height - top); y++) {
    const start = y * from.width * channels
    const row = from.data.subarray(start + first * channels, start + end * channels)
    onto.data.set(row, ((y + top) * onto.width + left + first) * channels)
  }
  return onto
}

/**
 * A picture of the same size, each pixel taken from a place of the source (pixel centres at whole numbers) by linear
 * interpolation; outside it is black.
 *
 * @param a from (dx, dy), measured from the centre, to the place: (a·dx − b·dy, b·dx + a·dy)
 */
export function turned(picture: Picture, a: number, b: number): Picture {
  const { width, height, channels, data } = picture
  const made = blank(picture, width, height)
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2]
  const at = (x: number, y: number, channel: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[(y * width + x) * channels + channel] as number)
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [cx + a * (x - cx) - b * (y - cy), cy + b * (x - cx) + a * (y - cy)]
      const [left, top] = [Math.floor(sx), Math.floor(sy)]
      const [right, below] = [sx - left, sy - top]
      for (let channel = 0; channel < channels; channel++, to++) {
        const upper = at(left, top, channel) * (1 - right) + at(left + 1, top, channel) * right
        const lower = at(left, top + 1, channel) * (1 - right) + at(left + 1, top + 1, channel) * right
        made.data[to] = Math.round(upper * (1 - below) + lower * below)
      }
    }
  return made
}
