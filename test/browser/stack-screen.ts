import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { displayWindow } from '../../src/main/engine/preprocess/display-window.ts'
import { openPaths } from '../support/core.ts'
import { type RealSlice, type SeriesOptions, seriesFiles } from '../support/stacks.ts'
import type { App } from './app.ts'

export const NOT_HERE = 'not run: the shared data folder is not there (GYRUS_SHARED)'

/** From black to white, in stored values as they were decoded. */
export interface Window {
  low: number
  high: number
}

/** The one at which a stack opens, whose files name none: from the lowest to the highest of nine slices, from all over it. */
export function windowOf(real: readonly RealSlice[]): Window {
  const looked = real.filter((_, at) => real.length <= 9 || NINE.some((i) => Math.floor((i * real.length) / 9) === at))
  const own = looked.map(({ image }) => displayWindow(image))
  return { low: Math.min(...own.map(({ low }) => low)), high: Math.max(...own.map(({ high }) => high)) }
}

const NINE = Array.from({ length: 9 }, (_, i) => i + 0.5)

/** Files of a series in the app's record, put together. */
export async function openSeries(app: App, real: RealSlice[], options: SeriesOptions): Promise<void> {
  const folder = join(app.folder, `series-${options.number}`)
  mkdirSync(folder)
  for (const [at, file] of seriesFiles(real, options).entries()) {
    writeFileSync(join(folder, `IM${String(at).padStart(4, '0')}.dcm`), file)
  }
  await openPaths(app.core, folder)
  await app.core.series.settle()
}

export const stackSlider = (page: Page) => page.getByRole('slider')

/** What the corner of the image says of its place: the slice whose pixels are on the screen, from 1 on. */
export const placeShown = async (page: Page): Promise<number> =>
  Number(/(?:Slice|Frame) (\d+) of/.exec(await page.locator('.overlay .slice').first().innerText())?.[1])

/** Points of the screen, across the image. */
const ACROSS = 24
/** Of 255 shades: rounding twice, in the texture and on the screen. */
const MEAN_OFF = 2
const MOST_OFF = 10

/**
 * Holds the pixels on the screen against a slice's own values under a window: between two pixels in a straight line, as
 * it is drawn, whole in the view.
 */
export async function expectPixels(page: Page, slice: RealSlice, window: Window): Promise<void> {
  await expect.poll(() => worst(page, slice, window), { timeout: 20_000 }).toEqual({ mean: true, most: true })
}

async function worst(page: Page, slice: RealSlice, window: Window): Promise<{ mean: unknown; most: unknown }> {
  const { width, height, shades } = await page.evaluate((across) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-page-keys=""] canvas')
    const context = canvas?.getContext('2d', { willReadFrequently: true })
    if (!canvas || !context) throw new Error('no canvas')
    const { width, height } = canvas
    const { data } = context.getImageData(0, 0, width, height)
    const shades: [x: number, y: number, shade: number][] = []
    for (let i = 1; i < across; i++) {
      for (let j = 1; j < across; j++) {
        const [x, y] = [Math.round((width * i) / across), Math.round((height * j) / across)]
        shades.push([x, y, data[4 * (y * width + x)] ?? -1])
      }
    }
    return { width, height, shades }
  }, ACROSS)
  const offs = shades.map(([x, y, shade]) => Math.abs(shade - shadeOf(slice, window, [x, y], [width, height])))
  const mean = offs.reduce((sum, off) => sum + off, 0) / offs.length
  const most = Math.max(...offs)
  return { mean: mean < MEAN_OFF || mean, most: most < MOST_OFF || most }
}

function shadeOf({ image }: RealSlice, window: Window, [x, y]: [number, number], [w, h]: [number, number]): number {
  const { width, height, pixel } = image
  const aspect = pixel ? pixel.height / pixel.width : 1
  const zoom = Math.min(w / width, h / (height * aspect))
  const column = (x + 0.5 - w / 2) / zoom + width / 2 - 0.5
  const line = (y + 0.5 - h / 2) / zoom / aspect + height / 2 - 0.5
  if (column < 0 || line < 0 || column > width - 1 || line > height - 1) return 0
  const [left, top] = [Math.floor(column), Math.floor(line)]
  const at = (i: number, j: number) => image.data[Math.min(height - 1, j) * width + Math.min(width - 1, i)] ?? 0
  const mix = (a: number, b: number, share: number) => a + (b - a) * share
  const upper = mix(at(left, top), at(left + 1, top), column - left)
  const lower = mix(at(left, top + 1), at(left + 1, top + 1), column - left)
  const value = mix(upper, lower, line - top)
  return Math.max(0, Math.min(255, (255 * (value - window.low)) / (window.high - window.low)))
}
