import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { Step } from '../../../shared/what-if.ts'
import { MIN_SIDE } from '../decode/limits.ts'
import { displayWindow } from '../preprocess/display-window.ts'
import { asExported } from '../preprocess/square.ts'
import type { DecodedImage, DisplayWindow } from '../types.ts'
import { applyStep } from './operations.ts'
import type { Picture } from './types.ts'

/** A picture to be edited. */
export interface Base {
  picture: Picture
  /** Its highest value. */
  white: number
  /** In which it is shown, whatever is done to it: in one of its own no change of brightness could be seen. */
  window: DisplayWindow
  /** What the file says of itself, which no edit changes. */
  dicom: DecodedImage['dicom']
}

/**
 * The picture of which the model is shown something, so that no step at all gives the answer of the file: square pixels, in
 * the window that came with it. One of 16 bits without a window keeps these; its white is its highest value.
 *
 * @throws GyrusError `what-if-uniform`
 */
export function baseOf(image: DecodedImage): Base {
  const { width, height, channels, data: decoded } = asExported(image)
  // Of a decoder's Buffer even a slice is a view: nothing that is done to it here may reach it.
  const data = decoded.constructor === Uint8Array || decoded instanceof Uint16Array ? decoded : Uint8Array.from(decoded)
  if (isUniform(data)) throw new GyrusError('what-if-uniform')
  const white = data instanceof Uint16Array ? highest(data) : 255
  const window = image.window ? { low: 0, high: white } : displayWindow(image)
  return { picture: { width, height, channels, data }, white, window, dicom: image.dicom }
}

/**
 * One more step.
 *
 * @param number its place in the list, from 1 on, for errors
 * @throws GyrusError `what-if-outside`, `what-if-too-large`, `what-if-too-small`, `what-if-empty`
 */
export function edit(picture: Picture, step: Step, white: number, number: number): Picture {
  const made = numbered(number, () => applyStep(picture, step, white))
  const { width, height, data } = made
  if (Math.min(width, height) < MIN_SIDE) {
    throw new GyrusError('what-if-too-small', { step: number, width, height, minimum: MIN_SIDE })
  }
  if (isUniform(data)) throw new GyrusError('what-if-empty', { step: number })
  return made
}

function numbered(step: number, apply: () => Picture): Picture {
  try {
    return apply()
  } catch (error) {
    const { code, details } = toGyrusError(error)
    throw new GyrusError(code, { ...details, step }, { cause: error })
  }
}

const isUniform = (data: Picture['data']) => data.every((value) => value === data[0])

function highest(data: Picture['data']): number {
  let most = 0
  for (let i = 0; i < data.length; i++) most = Math.max(most, data[i] as number)
  return most
}
