import { blank } from './pixels.ts'
import type { Apply } from './types.ts'

/** `horizontal` swaps left and right. */
export const flip: Apply<'flip'> = (picture, { axis }) => {
  const { width, height, channels, data } = picture
  const made = blank(picture, width, height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = axis === 'horizontal' ? y * width + (width - 1 - x) : (height - 1 - y) * width + x
      for (let channel = 0; channel < channels; channel++)
        made.data[(y * width + x) * channels + channel] = data[from * channels + channel] as number
    }
  return made
}
