import { readFileSync } from 'node:fs'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { type Places, toPlaces } from '../../../src/main/engine/explain/head.ts'
import { subgraph } from '../../../src/main/engine/explain/subgraph.ts'
import { createSession } from '../../../src/main/engine/infer/index.ts'
import { readOnnx } from '../../../src/main/engine/onnx/read.ts'
import { writeOnnx } from '../../../src/main/engine/onnx/write.ts'
import { preparePlaced, type Shown } from '../../../src/main/engine/preprocess/index.ts'
import { Random } from '../../../src/main/engine/train/random.ts'
import type { ModelManifest } from '../../../src/shared/model.ts'
import { pathOf, type SplitImage } from './files.ts'

/** One image as the head sees it, with where its tumour is. */
export interface Example {
  image: SplitImage
  levels: Places[]
  /** Of the finest grid's places: 1 inside the box. */
  mask: Uint8Array
  /** Which part of the image the network's square shows, before it was varied. */
  shown: Shown
}

export interface Source {
  weights: string
  manifest: ModelManifest
  size: number
  levels: string[]
}

/**
 * What the frozen network makes of images, as they are and `varied` times turned, mirrored, scaled, shifted and with
 * another gamma; `keep` gets each as it comes.
 */
export async function eachExample(
  images: SplitImage[],
  { weights, manifest, size, levels }: Source,
  varied: number,
  keep: (example: Example) => void,
): Promise<void> {
  const onnx = writeOnnx(subgraph(readOnnx(readFileSync(weights)), levels))
  const session = await createSession(onnx, { threads: 1 })
  const random = new Random(1)
  const { mean, std } = manifest.preprocessing.normalise
  for (const image of images) {
    const decoded = await decodeFile({ path: pathOf(image) })
    const { planes, shown } = preparePlaced(decoded, { ...manifest.preprocessing, size })
    const plane = planes[0] as Float32Array
    for (let variant = 0; variant <= varied; variant++) {
      const vary = variant === 0 ? AS_IT_IS : draw(random)
      const grey = varyPlane(plane, size, vary)
      const input = new Float32Array(3 * size * size)
      for (let i = 0; i < input.length; i++) input[i] = ((grey[i % grey.length] as number) - mean) / std
      const outputs = await session.run(input, [1, 3, size, size], levels)
      const places = outputs.map(({ data, dims }) => toPlaces(data, dims))
      const { box } = image
      const [left, top] = [
        (box.cx - box.w / 2 - shown.left) / shown.width,
        (box.cy - box.h / 2 - shown.top) / shown.height,
      ]
      const [right, bottom] = [left + box.w / shown.width, top + box.h / shown.height]
      const side = (places[0] as Places).side
      const mask = Uint8Array.from({ length: side * side }, (_, place) => {
        const [x, y] = sourceOf(((place % side) + 0.5) / side, (Math.floor(place / side) + 0.5) / side, vary)
        return x >= left && x < right && y >= top && y < bottom ? 1 : 0
      })
      keep({ image, levels: places, mask, shown })
    }
  }
  await session.dispose()
}

/** From a place of the varied square to one of the square as it was, both in shares of its side; and a gamma. */
interface Variation {
  matrix: [number, number, number, number]
  shift: [number, number]
  gamma: number
}

const AS_IT_IS: Variation = { matrix: [1, 0, 0, 1], shift: [0, 0], gamma: 1 }

function draw(random: Random): Variation {
  const quarter = random.chance(0.25) ? Math.PI / 2 : 0
  const angle = quarter + (random.uniform(-20, 20) * Math.PI) / 180
  const [scaleX, scaleY] = [random.logUniform(0.8, 1.25), random.logUniform(0.8, 1.25)]
  const mirror = random.chance(0.5) ? -1 : 1
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return {
    matrix: [mirror * scaleX * cos, mirror * scaleX * -sin, scaleY * sin, scaleY * cos],
    shift: [random.uniform(-0.08, 0.08), random.uniform(-0.08, 0.08)],
    gamma: random.logUniform(0.65, 1.5),
  }
}

function sourceOf(x: number, y: number, { matrix: [a, b, c, d], shift }: Variation): [number, number] {
  return [a * (x - 0.5) + b * (y - 0.5) + 0.5 + shift[0], c * (x - 0.5) + d * (y - 0.5) + 0.5 + shift[1]]
}

function varyPlane(plane: Float32Array, size: number, vary: Variation): Float32Array {
  if (vary === AS_IT_IS) return plane
  return plane.map((_, i) => {
    const [x, y] = sourceOf(((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size, vary)
    return 255 * (linear(plane, size, x * size - 0.5, y * size - 0.5) / 255) ** vary.gamma
  })
}

/** Black outside. */
function linear(plane: Float32Array, size: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left >= size - 1 || top >= size - 1) return 0
  const [dx, dy] = [x - left, y - top]
  const at = (column: number, row: number) => plane[row * size + column] as number
  const upper = at(left, top) * (1 - dx) + at(left + 1, top) * dx
  const lower = at(left, top + 1) * (1 - dx) + at(left + 1, top + 1) * dx
  return upper * (1 - dy) + lower * dy
}
