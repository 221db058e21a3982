import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { auditDataset } from '../../src/main/engine/dataset/audit.ts'
import type { DatasetSource } from '../../src/shared/dataset.ts'

export const SIZE = 128

/**
 * A made-up slice: an oval head on black with some bright and dark patches, different for each seed. `grown` widens the
 * patches a little, as from one slice to the next of the same head.
 */
export function slice(seed: number, grown = 0): Sharp {
  const next = numbers(seed)
  const head = { x: 64 + 8 * next(), y: 64 + 8 * next(), rx: 36 + 10 * next(), ry: 46 + 10 * next() }
  const patches = Array.from({ length: 9 }, () => ({
    x: head.x + (next() - 0.5) * head.rx * 1.4,
    y: head.y + (next() - 0.5) * head.ry * 1.4,
    r: 5 + 12 * next() + grown,
    level: next() * 200 - 80,
  }))
  const data = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)]
    if (((x - head.x) / head.rx) ** 2 + ((y - head.y) / head.ry) ** 2 > 1) return 0
    const light = patches.map((p) => p.level * Math.exp(-((x - p.x) ** 2 + (y - p.y) ** 2) / (p.r * p.r)))
    return Math.min(
      255,
      Math.max(
        30,
        light.reduce((a, b) => a + b, 100),
      ),
    )
  })
  return sharp(data, { raw: { width: SIZE, height: SIZE, channels: 1 } })
}

/** Another file of the same picture; sharp takes the steps of one pipeline in an order of its own. */
export async function again(image: Sharp): Promise<Sharp> {
  return sharp(await image.png().toBuffer())
}

export async function write(folder: string, files: Record<string, Sharp | string>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : await encode(content, file))
  }
}

const encode = (image: Sharp, file: string) =>
  file.endsWith('.png') ? image.png().toBuffer() : image.jpeg({ quality: 80 }).toBuffer()

export const audit = (source: DatasetSource) =>
  auditDataset(source, { signal: new AbortController().signal, onProgress: () => undefined })

/** Numbers in [0, 1) that depend on the seed only (Numerical Recipes' linear congruence). */
export function numbers(seed: number): () => number {
  let state = (seed * 7919 + 17) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
