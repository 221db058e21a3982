import type { DecodedImage } from '../types.ts'

/** The mean of the channels, rounded; a grey image as it is. */
export function toGrey(image: DecodedImage): DecodedImage {
  if (image.channels === 1) return image
  const grey = image.data.slice(0, image.width * image.height)
  for (let i = 0, from = 0; i < grey.length; i++, from += 3) {
    const [r, g, b] = [image.data[from], image.data[from + 1], image.data[from + 2]] as [number, number, number]
    grey[i] = Math.round((r + g + b) / 3)
  }
  return { ...image, channels: 1, data: grey }
}
