import type { Operation, StepOf } from '../../../shared/what-if.ts'
import { blur } from './blur.ts'
import { border } from './border.ts'
import { brightness } from './brightness.ts'
import { contrast } from './contrast.ts'
import { crop } from './crop.ts'
import { erase } from './erase.ts'
import { flip } from './flip.ts'
import { gamma } from './gamma.ts'
import { hide } from './hide.ts'
import { noise } from './noise.ts'
import { paint } from './paint.ts'
import { resolution } from './resolution.ts'
import { rotate } from './rotate.ts'
import { shift } from './shift.ts'
import type { Apply, Picture } from './types.ts'
import { zoom } from './zoom.ts'

/** Every operation. A new one is a file, an entry here, and its step in `stepSchema`. */
const OPERATIONS: { [O in Operation]: Apply<O> } = {
  crop,
  rotate,
  flip,
  zoom,
  shift,
  brightness,
  contrast,
  gamma,
  blur,
  noise,
  border,
  resolution,
  erase,
  paint,
  hide,
}

/** @throws GyrusError `what-if-outside`, `what-if-too-large`, `what-if-empty`, without the number of the step */
export function applyStep<O extends Operation>(picture: Picture, step: StepOf<O>, white: number): Picture {
  return (OPERATIONS[step.op] as unknown as Apply<O>)(picture, step, white)
}
