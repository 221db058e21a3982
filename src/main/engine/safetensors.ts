import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Float32 tensors by name, and a few words about them. */
export interface TensorFile {
  tensors: Map<string, { dims: number[]; data: Float32Array }>
  metadata: Record<string, string>
}

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>

/**
 * Reads a safetensors file: an int64 header length, a JSON header, then the values. Tensors of other types are skipped.
 * Throws a SyntaxError or RangeError where the file is not whole.
 */
export async function readSafetensors(path: string): Promise<TensorFile> {
  const bytes = await readFile(path)
  const start = 8 + Number(bytes.readBigUInt64LE(0))
  const { __metadata__: metadata, ...header } = JSON.parse(bytes.toString('utf8', 8, start)) as Header & {
    __metadata__?: Record<string, string>
  }
  const tensors: TensorFile['tensors'] = new Map()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header as Header)) {
    if (dtype !== 'F32') continue
    if (start + offsets[1] > bytes.length) throw new RangeError(`${path} ends within “${name}”`)
    const data = new Float32Array(new Uint8Array(bytes.subarray(start + offsets[0], start + offsets[1])).buffer)
    tensors.set(name, { dims: shape, data })
  }
  return { tensors, metadata: metadata ?? {} }
}

/** Writes such a file; it is whole on the disk before it takes its name, so that a power cut leaves the one before. */
export async function writeSafetensors(path: string, { tensors, metadata }: TensorFile): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const [name, { dims, data }] of tensors) {
    header[name] = { dtype: 'F32', shape: dims, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const file = await open(`${path}.new`, 'w')
  try {
    for (const part of [length, json, ...[...tensors.values()].map(({ data }) => asBytes(data))])
      await file.writeFile(part)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
}

const asBytes = (data: Float32Array) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}
