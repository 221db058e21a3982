/** A picture of one channel of 8 bits, row-major. */
export interface GreyPicture {
  width: number
  height: number
  data: Uint8Array
}

/** A rectangle in px of the picture. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Where the brain is in a picture. */
export interface BrainRegion {
  /** 1 inside, 0 outside, row-major, one a pixel of the picture. */
  mask: Uint8Array
  width: number
  height: number
  /** The smallest that holds the mask. */
  box: Box
  /** Pixels inside. */
  area: number
  /** The mask's border as a closed polygon, px from the picture's upper left corner (pixel centres at 0.5). */
  outline: Point[]
  /** How plainly bone was seen around it, 0–1; near 0 where what stands out from the background was taken as a whole. */
  skull: number
}

export interface Point {
  x: number
  y: number
}
