import type { HeadRegion } from '../preprocess/head-region.ts'

/** Share of the picture’s border that the head lies on, 0–1, on the grid of its mask. */
export function borderShare({ mask: { width, height, inside } }: HeadRegion): number {
  let touched = 0
  for (let x = 0; x < width; x++) touched += (inside[x] as number) + (inside[(height - 1) * width + x] as number)
  for (let y = 0; y < height; y++) touched += (inside[y * width] as number) + (inside[y * width + width - 1] as number)
  return touched / (2 * (width + height))
}
