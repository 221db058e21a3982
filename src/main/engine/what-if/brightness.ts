import { mapped } from './pixels.ts'
import type { Apply } from './types.ts'

export const brightness: Apply<'brightness'> = (picture, { by }, white) =>
  mapped(picture, white, (value) => value + by * white)
