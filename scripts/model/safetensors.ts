import { readFile } from 'node:fs/promises'

/** Float32 tensors of a safetensors file: an int64 header length, a JSON header, then the values; others are skipped. */
export async function readSafetensors(path: string): Promise<Map<string, { dims: number[]; data: Float32Array }>> {
  const bytes = await readFile(path)
  const start = 8 + Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, start)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >
  const tensors = new Map<string, { dims: number[]; data: Float32Array }>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
    if (dtype !== 'F32') continue
    const data = new Float32Array(new Uint8Array(bytes.subarray(start + offsets[0], start + offsets[1])).buffer)
    tensors.set(name, { dims: shape, data })
  }
  return tensors
}
