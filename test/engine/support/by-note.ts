import sharp from 'sharp'

/**
 * An image prepared as `PREPROCESSING.md` says for a model of the head in grey with a triangle, and with none of the
 * engine's code, so that the note is proved to be enough. Slow and plain on purpose.
 */
export interface Settings {
  size: number
  stretch: { percentiles: [number, number] }
  normalise: { mean: number; std: number }
}

interface Plane {
  width: number
  height: number
  at: number[]
}

export async function prepareByNote(file: string, settings: Settings): Promise<Float32Array> {
  const grey = await greyOf(file)
  const cut = crop(grey, headBox(grey))
  const { size, normalise } = settings
  const square = resample(stretched(cut, settings.stretch.percentiles), size, size)
  const plane = square.at.map((value) => (Math.min(255, Math.max(0, value)) - normalise.mean) / normalise.std)
  return Float32Array.from([...plane, ...plane, ...plane])
}

/** Steps 1 and 2, of 8 bits. */
async function greyOf(file: string): Promise<Plane> {
  const { data, info } = await sharp(file).autoOrient().flatten().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  })
  const { width, height, channels } = info
  const pixels = Array.from({ length: width * height }, (_, i) => [...data.subarray(i * channels, (i + 1) * channels)])
  const mean = (values: number[]) => Math.floor(values.reduce((sum, value) => sum + value) / values.length + 0.5)
  return { width, height, at: pixels.map(mean) }
}

function percentile(values: number[], p: number): number {
  const rank = Math.max(1, Math.ceil((p / 100) * values.length))
  return values.toSorted((a, b) => a - b)[rank - 1] as number
}

/** “Resampled” along a side: what each new value is made of. */
function shares(m: number, n: number): { s: number; share: number }[][] {
  return Array.from({ length: n }, (_, o) => {
    const c = ((o + 0.5) * m) / n - 0.5
    const weighted = Array.from({ length: m }, (_, s) => ({ s, share: 1 - Math.abs(s - c) / Math.max(1, m / n) }))
    const some = weighted.filter(({ share }) => share > 0)
    const sum = some.reduce((total, { share }) => total + share, 0)
    return some.map(({ s, share }) => ({ s, share: share / sum }))
  })
}

const row = ({ width, at }: Plane, y: number) => at.slice(y * width, (y + 1) * width)
const transposed = (plane: Plane): Plane => ({
  width: plane.height,
  height: plane.width,
  at: Array.from({ length: plane.width }, (_, x) =>
    Array.from({ length: plane.height }, (_, y) => plane.at[y * plane.width + x] as number),
  ).flat(),
})

function eachRow(plane: Plane, n: number): Plane {
  const made = shares(plane.width, n)
  const at = Array.from({ length: plane.height }, (_, y) => {
    const values = row(plane, y)
    return made.map((from) => from.reduce((total, { s, share }) => total + share * (values[s] as number), 0))
  })
  return { width: n, height: plane.height, at: at.flat() }
}

const resample = (plane: Plane, width: number, height: number): Plane =>
  eachRow(transposed(eachRow(transposed(plane), height)), width)

/** Step 3. */
function headBox(grey: Plane) {
  const { width: W, height: H } = grey
  const k = Math.min(1, 96 / Math.max(W, H))
  const C = Math.max(1, Math.floor(k * W + 0.5))
  const R = Math.max(1, Math.floor(k * H + 0.5))
  const low = percentile(grey.at, 5)
  const level = low + 0.12 * (percentile(grey.at, 99) - low)
  const bright = resample(grey, C, R).at.map((value) => value > level)
  const cells = bright.map((_, i) => i)
  const around = (i: number, all: boolean) => {
    const [x, y] = [i % C, Math.floor(i / C)]
    return [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1]
        .filter((dx) => (all || dx === 0 || dy === 0) && x + dx >= 0 && x + dx < C && y + dy >= 0 && y + dy < R)
        .map((dx) => (y + dy) * C + x + dx),
    )
  }
  const reach = (starts: number[], may: (i: number) => boolean, all: boolean) => {
    const found = new Set(starts.filter(may))
    for (const i of found) for (const j of around(i, all)) if (may(j)) found.add(j)
    return found
  }
  const kept = cells.map((i) => around(i, true).every((j) => bright[j]))
  let largest = new Set<number>()
  const seen = new Set<number>()
  for (const i of cells) {
    if (!kept[i] || seen.has(i)) continue
    const group = reach([i], (j) => kept[j] === true, true)
    for (const j of group) seen.add(j)
    if (group.size > largest.size) largest = group
  }
  const grown = new Set([...largest].flatMap((i) => around(i, true)))
  const border = cells.filter((i) => i % C === 0 || i % C === C - 1 || i < C || i >= C * (R - 1))
  const outside = reach(border, (i) => !grown.has(i), false)
  const head = cells.filter((i) => !outside.has(i))
  if (head.length < 0.05 * C * R) return { left: 0, top: 0, right: W, bottom: H }
  const columns = head.map((i) => i % C)
  const rows = head.map((i) => Math.floor(i / C))
  return {
    left: Math.floor((Math.min(...columns) * W) / C),
    top: Math.floor((Math.min(...rows) * H) / R),
    right: Math.min(W, Math.ceil(((Math.max(...columns) + 1) * W) / C)),
    bottom: Math.min(H, Math.ceil(((Math.max(...rows) + 1) * H) / R)),
  }
}

function crop(plane: Plane, { left, top, right, bottom }: ReturnType<typeof headBox>): Plane {
  const rows = Array.from({ length: bottom - top }, (_, y) => row(plane, top + y).slice(left, right))
  return { width: right - left, height: bottom - top, at: rows.flat() }
}

/** Step 4. */
function stretched(plane: Plane, [low, high]: [number, number]): Plane {
  const l = percentile(plane.at, low)
  const h = Math.max(percentile(plane.at, high), l + 1)
  return { ...plane, at: plane.at.map((v) => (v < l ? 0 : v >= h ? 255 : (255 * (v - l)) / (h - l))) }
}

/** “From the output to an answer”, 1. */
export function probabilitiesByNote(logits: number[], temperature: number): number[] {
  const powers = logits.map((z) => Math.exp(z / temperature))
  const sum = powers.reduce((total, power) => total + power)
  return powers.map((power) => power / sum)
}
