import { readFileSync } from 'node:fs'
import { readFacts } from '../../../src/main/engine/decode/dicom/facts.ts'
import { readFile } from '../../../src/main/engine/decode/dicom/file.ts'
import { readImagePixel } from '../../../src/main/engine/decode/dicom/image-pixel.ts'
import { readStored } from '../../../src/main/engine/decode/dicom/index.ts'

/** The same as `dicom_pydicom.py`, by the engine's decoder in a process of its own: `<seconds> <files...>`. */
const [seconds, ...paths] = process.argv.slice(2)

/** What a case keeps of it. */
async function header(bytes: Uint8Array): Promise<unknown> {
  const { set } = readFile(bytes)
  return readFacts(set, readImagePixel(set), 0)
}

/** The values of all frames as they are stored. */
async function pixels(bytes: Uint8Array): Promise<unknown> {
  const file = readFile(bytes)
  const image = readImagePixel(file.set)
  const frames = []
  for (let frame = 0; frame < image.frames; frame++) frames.push(await readStored(file, image, frame))
  return frames
}

/** The quickest time: what else the machine does only adds to it. */
async function ms(work: (bytes: Uint8Array) => Promise<unknown>, bytes: Uint8Array): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY
  let rounds = 0
  const end = performance.now() + 1000 * Number(seconds)
  while (performance.now() < end || rounds < 3) {
    const start = performance.now()
    await work(bytes)
    quickest = Math.min(quickest, performance.now() - start)
    rounds += 1
  }
  return quickest
}

/** Null: refused, as a file that is cut off is, and why. */
async function measure(path: string): Promise<[header: number | null, pixels: number | null, why: string]> {
  const bytes = new Uint8Array(readFileSync(path))
  let head: number | null = null
  try {
    head = await ms(header, bytes)
    return [head, await ms(pixels, bytes), '']
  } catch (error) {
    return [head, null, String((error as { code?: unknown }).code ?? error)]
  }
}

const files = []
for (const path of paths) files.push(await measure(path))
console.log(JSON.stringify({ version: process.version, files, peak_mb: process.resourceUsage().maxRSS / 1024 }))
