/** A grey picture, 0–255, with what of it counts (1), row by row. */
export interface Masked {
  width: number
  height: number
  grey: Float32Array
  mask: Uint8Array
}

/**
 * A line by its normal `(cos angle, sin angle)` and what the normal gives for each of its points, px from the middle of the
 * first pixel: `x · cos angle + y · sin angle = distance`. Angle 0 is an upright line.
 */
export interface Line {
  /** Radians; y goes down. */
  angle: number
  distance: number
}
