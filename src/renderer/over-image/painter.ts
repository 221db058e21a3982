import type { Matrix } from '../viewer/view.ts'

/** Where an image lies in a canvas. */
export interface Where {
  /** Turns shares of its width and height into px (CSS) from the left top. */
  placement: Matrix
  /** Device px for one of CSS. */
  ratio: number
}

/** Draws over an image; clears what it drew before. */
export type Painter = (canvas: HTMLCanvasElement, where: Where) => void

/** From a file of base64. */
export const bytesOf = (values: string): Uint8Array => Uint8Array.from(atob(values), (one) => one.charCodeAt(0))
