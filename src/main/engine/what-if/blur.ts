import type { Apply, Picture } from './types.ts'

/** Gaussian, cut off at three standard deviations; beyond an edge its last pixel goes on. */
export const blur: Apply<'blur'> = (picture, { sigma }) => {
  if (sigma === 0) return picture
  const radius = Math.ceil(3 * sigma)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-(((i - radius) / sigma) ** 2) / 2))
  const sum = weights.reduce((total, one) => total + one, 0)
  const kernel = weights.map((one) => one / sum)
  const data = picture.data.slice()
  const { width, height, channels } = picture
  const across = alongLines(
    picture.data,
    { lines: height, length: width, line: width * channels, step: channels, channels },
    kernel,
  )
  const down = alongLines(
    across,
    { lines: width, length: height, line: channels, step: width * channels, channels },
    kernel,
  )
  for (let i = 0; i < data.length; i++) data[i] = Math.round(down[i] as number)
  return { ...picture, data }
}

interface Lines {
  lines: number
  length: number
  /** Values from one line to the next, and from one pixel of a line to the next. */
  line: number
  step: number
  channels: Picture['channels']
}

function alongLines(data: ArrayLike<number>, { lines, length, line, step, channels }: Lines, kernel: Float64Array) {
  const out = new Float64Array(data.length)
  const radius = (kernel.length - 1) / 2
  const padded = new Float64Array(length + 2 * radius)
  for (let l = 0; l < lines; l++)
    for (let channel = 0; channel < channels; channel++) {
      const first = l * line + channel
      for (let i = 0; i < padded.length; i++)
        padded[i] = data[first + Math.min(length - 1, Math.max(0, i - radius)) * step] as number
      for (let i = 0; i < length; i++) {
        let sum = 0
        for (let k = 0; k < kernel.length; k++) sum += (kernel[k] as number) * (padded[i + k] as number)
        out[first + i * step] = sum
      }
    }
  return out
}
