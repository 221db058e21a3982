import { turned } from './pixels.ts'
import type { Apply } from './types.ts'

/** About the centre. */
export const zoom: Apply<'zoom'> = (picture, { factor }) => (factor === 1 ? picture : turned(picture, 1 / factor, 0))
