import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'sample-06.png')
/** Of its slices, px: as many as the smallest that the model learned from have. */
export const SLICE_SIDE = 128
/** JPEG keeps the mean of each such block, px. */
const BLOCK = 8
const LEVELS = 16

let sample: Promise<Uint8Array> | null = null

/**
 * A slice that the model judges and calls “no tumour”, with another file for every seed up to 65535, which is told by four
 * blocks of nearly black in its upper left.
 */
export async function slice(seed = 1): Promise<Sharp> {
  sample ??= sharp(SAMPLE)
    .greyscale()
    .resize(SLICE_SIDE, SLICE_SIDE, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const data = Uint8Array.from(await sample)
  for (let i = 0; i < BLOCK * BLOCK * 4; i++) {
    const [x, y] = [i % (4 * BLOCK), Math.floor(i / (4 * BLOCK))]
    data[y * SLICE_SIDE + x] = Math.floor(seed / LEVELS ** Math.floor(x / BLOCK)) % LEVELS
  }
  return sharp(data, { raw: { width: SLICE_SIDE, height: SLICE_SIDE, channels: 1 } })
}

/** A slice that the model judges. */
export async function writePicture(folder: string, name: string, seed = 1): Promise<string> {
  return write(join(folder, name), await slice(seed))
}

/** Noise that is different for every seed, big enough to be read; no model judges it. */
export function picture(seed = 1, size = 64): Sharp {
  const data = Uint8Array.from({ length: size * size }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 24) & 0xff)
  return sharp(data, { raw: { width: size, height: size, channels: 1 } })
}

export const writeNoise = (folder: string, name: string, seed = 1): Promise<string> =>
  write(join(folder, name), picture(seed))

async function write(path: string, image: Sharp): Promise<string> {
  writeFileSync(path, path.endsWith('.png') ? await image.png().toBuffer() : await image.jpeg().toBuffer())
  return path
}

/** A PNG that claims a size and brings next to nothing. */
export function pngOfClaimedSize(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(Buffer.alloc(width + 1))
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
