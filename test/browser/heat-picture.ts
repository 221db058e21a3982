import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const SIDE = 256
/** Centres of square marks, one of each primary colour, in shares of the picture. */
const DOTS = { red: [0.35, 0.3], green: [0.65, 0.7], blue: [0.3, 0.65] } as const
const DOT = 12

type Point = [x: number, y: number]
export type Dots = Record<keyof typeof DOTS, Point>

/** A grey head with something bright in it, and marks by which its pixels are found again on the screen. */
export async function writeMarked(folder: string): Promise<string> {
  const data = new Uint8Array(SIDE * SIDE * 3)
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) data.set(colourAt((x + 0.5) / SIDE, (y + 0.5) / SIDE), 3 * (y * SIDE + x))
  const path = join(folder, 'marked.png')
  await sharp(data, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFile(path)
  return path
}

function colourAt(x: number, y: number): [number, number, number] {
  const marks = Object.values(DOTS).findIndex(
    ([dx, dy]) => Math.max(Math.abs(x - dx), Math.abs(y - dy)) < DOT / 2 / SIDE,
  )
  if (marks >= 0) return [0, 1, 2].map((channel) => (channel === marks ? 255 : 0)) as [number, number, number]
  if (Math.hypot((x - 0.5) / 0.4, (y - 0.5) / 0.46) > 1) return [0, 0, 0]
  const shade = Math.hypot(x - 0.62, y - 0.38) < 0.09 ? 200 : 90 + 25 * Math.sin(40 * x) * Math.sin(33 * y)
  return [shade, shade, shade]
}

/** The middles of the marks in the image on the screen, px (CSS) of the view; null while one is not there. */
export async function dotsOf(page: Page): Promise<Dots | null> {
  await settle(page)
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-page-keys=""] canvas')
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return null
    const { width, height } = canvas
    const { data } = context.getImageData(0, 0, width, height)
    const sums = [0, 1, 2].map((channel) => {
      const of = (i: number, at: number) => data[4 * i + at] as number
      const [second, third] = [(channel + 1) % 3, (channel + 2) % 3]
      const sum = { x: 0, y: 0, n: 0 }
      for (let i = 0; i < width * height; i++) {
        if (of(i, channel) < 200 || of(i, second) > 60 || of(i, third) > 60) continue
        sum.x += (i % width) + 0.5
        sum.y += Math.floor(i / width) + 0.5
        sum.n += 1
      }
      return sum
    })
    if (sums.some(({ n }) => n < 9)) return null
    const ratio = canvas.clientWidth / width
    const [red, green, blue] = sums.map(({ x, y, n }) => [(x / n) * ratio, (y / n) * ratio] as [number, number])
    return { red, green, blue } as { red: [number, number]; green: [number, number]; blue: [number, number] }
  })
}

/** Where a place of the image, in shares, lies on the screen, by where its marks lie. */
export function through({ red, green, blue }: Dots, { x, y }: { x: number; y: number }): Point {
  const [[rx, ry], [gx, gy], [bx, by]] = [DOTS.red, DOTS.green, DOTS.blue]
  // (x, y) = red + s (green − red) + t (blue − red)
  const det = (gx - rx) * (by - ry) - (bx - rx) * (gy - ry)
  const s = ((x - rx) * (by - ry) - (bx - rx) * (y - ry)) / det
  const t = ((gx - rx) * (y - ry) - (x - rx) * (gy - ry)) / det
  const at = (i: 0 | 1) => red[i] + s * (green[i] - red[i]) + t * (blue[i] - red[i])
  return [at(0), at(1)]
}

/** The middle of the white cross of the map on the screen, px (CSS) of the view; null where there is none. */
export async function crossOf(page: Page): Promise<Point | null> {
  await settle(page)
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.heat')
    const context = canvas?.getContext('2d')
    if (!canvas || !context || canvas.width === 0) return null
    const { width, height } = canvas
    const { data } = context.getImageData(0, 0, width, height)
    let [x, y, n] = [0, 0, 0]
    for (let i = 0; i < width * height; i++) {
      if (data[4 * i + 3] !== 255 || [0, 1, 2].some((at) => (data[4 * i + at] as number) < 250)) continue
      x += (i % width) + 0.5
      y += Math.floor(i / width) + 0.5
      n += 1
    }
    const ratio = canvas.clientWidth / width
    return n < 20 ? null : ([(x / n) * ratio, (y / n) * ratio] as [number, number])
  })
}

export interface Colours {
  /** The most covering pixel near the peak, without the cross. */
  near: { red: number; green: number; blue: number; alpha: number }
  /** Share of the view that the map covers at all, without the cross. */
  covered: number
  /** Pixels that it covers outside the image, which lies whole and upright in the middle of the view. */
  beside: number
}

/** What of the map lies near its cross, and where else. */
export async function coloursOf(page: Page): Promise<Colours> {
  const cross = await crossOf(page)
  if (!cross) throw new Error('no cross')
  return page.evaluate(([cx, cy]) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.heat') as HTMLCanvasElement
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const { width, height, clientWidth } = canvas
    const { data } = context.getImageData(0, 0, width, height)
    const [x0, y0] = [(cx * width) / clientWidth, (cy * width) / clientWidth]
    const side = Math.min(width, height)
    let near = { red: 0, green: 0, blue: 0, alpha: 0 }
    let [covered, beside] = [0, 0]
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5]
      const alpha = data[4 * i + 3] as number
      const off = Math.max(Math.abs(x - x0), Math.abs(y - y0))
      if (alpha === 0 || off < 13) continue
      covered += 1
      if (Math.max(Math.abs(x - width / 2), Math.abs(y - height / 2)) > side / 2 + 2) beside += 1
      if (off >= 24 || alpha <= near.alpha) continue
      near = { red: data[4 * i] ?? 0, green: data[4 * i + 1] ?? 0, blue: data[4 * i + 2] ?? 0, alpha }
    }
    return { near, covered: covered / (width * height), beside }
  }, cross)
}

/** Two frames: one for the change, one for the drawing. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForTimeout(60)
}
