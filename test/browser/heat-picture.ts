import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const SAMPLE = join(import.meta.dirname, '../../resources/samples/sample-01.jpg')
const SIDE = 256
/** Square marks in corners where there is no head: centre in shares of the picture, side in px, and grey. */
const MARKS = {
  first: { x: 0.09, y: 0.09, side: 40, grey: 255 },
  second: { x: 0.93, y: 0.07, side: 28, grey: 205 },
  third: { x: 0.07, y: 0.93, side: 28, grey: 160 },
} as const
/** The head is darker than any mark. */
const DARKER = 0.43

type Point = [x: number, y: number]
export type Marks = Record<keyof typeof MARKS, Point>

/** A sample with marks by which its pixels are found again on the screen, all of them lighter than the head. */
export async function writeMarked(folder: string): Promise<string> {
  const head = sharp(SAMPLE).resize(SIDE, SIDE, { fit: 'fill' }).toColourspace('b-w')
  const data = await head.linear(DARKER, 0).raw().toBuffer()
  for (const { x, y, side, grey } of Object.values(MARKS)) {
    const [left, top] = [Math.round(x * SIDE - side / 2), Math.round(y * SIDE - side / 2)]
    for (let row = top; row < top + side; row++) data.fill(grey, row * SIDE + left, row * SIDE + left + side)
  }
  const path = join(folder, 'marked.png')
  await sharp(data, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .toColourspace('b-w')
    .toFile(path)
  return path
}

/** The middles of the marks in the image on the screen, px (CSS) of the view; null while one is not there. */
export async function marksOf(page: Page): Promise<Marks | null> {
  await settle(page)
  const greys = Object.values(MARKS).map(({ grey }) => grey)
  const found = await page.evaluate((greys) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-page-keys=""] canvas')
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return null
    const { width, height } = canvas
    const { data } = context.getImageData(0, 0, width, height)
    const is = (i: number, grey: number) => Math.abs((data[4 * i] ?? -99) - grey) < 12
    // Of an edge between others, what happens to be as light is thin.
    const inside = (i: number, grey: number) => [0, -4, 4, -4 * width, 4 * width].every((off) => is(i + off, grey))
    const ratio = canvas.clientWidth / width
    return greys.map((grey) => {
      const sum = { x: 0, y: 0, n: 0 }
      for (let i = 0; i < width * height; i++) {
        if (!inside(i, grey)) continue
        sum.x += (i % width) + 0.5
        sum.y += Math.floor(i / width) + 0.5
        sum.n += 1
      }
      return sum.n < 30 ? null : ([(sum.x / sum.n) * ratio, (sum.y / sum.n) * ratio] as [number, number])
    })
  }, greys)
  const [first, second, third] = found ?? []
  return first && second && third ? { first, second, third } : null
}

/** Where a place of the image, in shares, lies on the screen, by where its marks lie. */
export function through({ first, second, third }: Marks, { x, y }: { x: number; y: number }): Point {
  // As drawn: whole pixels of the picture.
  const middle = (mark: keyof typeof MARKS): Point => {
    const { x, y, side } = MARKS[mark]
    return [(Math.round(x * SIDE - side / 2) + side / 2) / SIDE, (Math.round(y * SIDE - side / 2) + side / 2) / SIDE]
  }
  const [[ax, ay], [bx, by], [cx, cy]] = [middle('first'), middle('second'), middle('third')]
  // (x, y) = first + s (second − first) + t (third − first)
  const det = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  const s = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / det
  const t = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / det
  const at = (i: 0 | 1) => first[i] + s * (second[i] - first[i]) + t * (third[i] - first[i])
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
