import type { Operation, StepOf } from '../../../shared/what-if.ts'
import type { DecodedImage } from '../types.ts'

/** A picture that is edited: pixels as in `DecodedImage`, square, without a window of its own. */
export type Picture = Pick<DecodedImage, 'width' | 'height' | 'channels' | 'data'>

/**
 * One operation. Gives a picture of its own, or the same one where nothing changes; values stay within 0 and `white`.
 *
 * @param white the highest value: 255, or of a picture of 16 bits the highest that it came with
 */
export type Apply<O extends Operation> = (picture: Picture, step: StepOf<O>, white: number) => Picture
