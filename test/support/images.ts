import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** A grey picture that is different for every seed, big enough to be read. */
export function picture(seed = 1, size = 64): Sharp {
  const data = Uint8Array.from({ length: size * size }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 24) & 0xff)
  return sharp(data, { raw: { width: size, height: size, channels: 1 } })
}

export async function writePicture(folder: string, name: string, seed = 1): Promise<string> {
  const path = join(folder, name)
  const image = picture(seed)
  writeFileSync(path, name.endsWith('.png') ? await image.png().toBuffer() : await image.jpeg().toBuffer())
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
