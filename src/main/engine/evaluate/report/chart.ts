import { type Content, type Html, html } from './html.ts'

type Point = [x: number, y: number]

export interface Axis {
  label: string
  from: number
  to: number
  ticks: number[]
}

export interface Frame {
  x: Axis
  y: Axis
}

/** Of a chart, in SVG units. */
const WIDTH = 300
const HEIGHT = 270
const LEFT = 46
const RIGHT = 12
const TOP = 12
const BOTTOM = 40

/** Axes with grid and labels around marks, which end at the axes; `above` may reach over them. `summary` is read out. */
export function chart({ x, y }: Frame, marks: Content, summary: string, above: Content = null): Html {
  const bottom = HEIGHT - BOTTOM
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${summary}">
${x.ticks.map((tick) => {
  const at = round(toX(x, tick))
  return html`<path class="grid" d="M${at} ${TOP}V${bottom}"/><text x="${at}" y="${bottom + 14}" class="middle">${tickText(tick)}</text>`
})}
${y.ticks.map((tick) => {
  const at = round(toY(y, tick))
  return html`<path class="grid" d="M${LEFT} ${at}H${WIDTH - RIGHT}"/><text x="${LEFT - 5}" y="${at + 3.5}" class="end">${tickText(tick)}</text>`
})}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" class="middle label">${x.label}</text>
<text transform="translate(11 ${(TOP + bottom) / 2}) rotate(-90)" class="middle label">${y.label}</text>
<svg x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${bottom - TOP}" viewBox="${LEFT} ${TOP} ${WIDTH - LEFT - RIGHT} ${bottom - TOP}">${marks}</svg>
<path class="axis" d="M${LEFT} ${TOP}V${bottom}H${WIDTH - RIGHT}"/>${above}</svg>`
}

const tickText = (tick: number): string => `${Number((100 * tick).toFixed(2))}`
const round = (value: number): number => Math.round(value * 10) / 10
const toX = ({ from, to }: Axis, value: number) => LEFT + ((value - from) / (to - from)) * (WIDTH - LEFT - RIGHT)
const toY = ({ from, to }: Axis, value: number) =>
  HEIGHT - BOTTOM - ((value - from) / (to - from)) * (HEIGHT - BOTTOM - TOP)

/** A line through points, in the style of series `index`. */
export function line({ x, y }: Frame, points: readonly Point[], className: string): Html {
  const places = points.map(([px, py]) => `${round(toX(x, px))} ${round(toY(y, py))}`)
  return html`<path class="line ${className}" d="M${places.join('L')}"/>`
}

export const dot = ({ x, y }: Frame, [px, py]: Point, className: string, radius = 3.5): Html =>
  html`<circle class="dot ${className}" cx="${round(toX(x, px))}" cy="${round(toY(y, py))}" r="${radius}"/>`

/** A vertical bar from one value to another. */
export const whisker = ({ x, y }: Frame, px: number, from: number, to: number): Html =>
  html`<path class="whisker" d="M${round(toX(x, px))} ${round(toY(y, from))}V${round(toY(y, to))}"/>`

/** An axis of shares from `from` to `to` with five steps, in per cent. */
export function shares(label: string, from = 0, to = 1): Axis {
  return { label, from, to, ticks: Array.from({ length: 6 }, (_, i) => from + (i * (to - from)) / 5) }
}

/** Names the lines of the charts above or below it. */
export function legend(names: string[]): Html {
  const entry = (name: string, i: number) =>
    html`<span><svg viewBox="0 0 28 8" class="key"><path class="line s${i}" d="M1 4H27"/></svg>${name}</span>`
  return html`<p class="legend">${names.map(entry)}</p>`
}
