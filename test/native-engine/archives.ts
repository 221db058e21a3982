import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

type Files = Record<string, string>

/** A ZIP file, the first of its entries stored, the others deflated. */
export function zip(files: Files): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const data = Buffer.from(text)
    const method = index === 0 ? 0 : 8
    const packed = method === 0 ? data : deflateRawSync(data)
    const common = fields([2, 20], [2, 0], [2, method], [4, 0], [4, crc32(data)], [4, packed.length], [4, data.length])
    const lengths = fields([2, name.length], [2, 0])
    const local = Buffer.concat([fields([4, 0x04034b50]), common, lengths, Buffer.from(name), packed])
    const rest = fields([2, 0], [2, 0], [2, 0], [4, 0], [4, offset])
    directory.push(Buffer.concat([fields([4, 0x02014b50], [2, 20]), common, lengths, rest, Buffer.from(name)]))
    bodies.push(local)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const count = directory.length
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, entries.length], [4, offset], [2, 0])
  return Buffer.concat([...bodies, entries, end])
}

/** An npm tarball: all in a folder `package`. */
export function tarball(files: Files): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const data = Buffer.from(text)
    const header = Buffer.alloc(512)
    header.write(`package/${name}`, 0)
    header.write(data.length.toString(8).padStart(11, '0'), 124)
    header.write('0', 156)
    header.write('ustar', 257)
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

function fields(...values: [bytes: number, value: number][]): Buffer {
  return Buffer.concat(
    values.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes)
      field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}
