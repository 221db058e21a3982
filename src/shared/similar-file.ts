import { z } from 'zod'
import { GyrusError } from './errors.ts'
import { LABELS, type Label } from './labels.ts'
import type { ModelManifest } from './model.ts'

/** In a model's folder. */
export const SIMILAR_FILE = 'similar.bin'
/** Numbers of a feature vector, of a projected one, and images at most. */
const [WIDEST, MOST_NUMBERS, MOST_IMAGES] = [4_096, 256, 1_000_000]
/** A tumour whose kind nobody knows, among the labels of a file. */
const SOME_TUMOUR = LABELS.length
const MAGIC = 0x4953_5947
const HASH_BYTES = 32
/** The exponent of a half-precision number that is infinite or none, in its upper byte. */
const NO_NUMBER = 0x7c

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Where images come from, in words, and why a reader is shown none of their pictures; null where they are. */
export const similarSourceSchema = z.strictObject({
  name: z.string().min(1),
  licence: z.string(),
  noPicture: z.string().nullable(),
})
export type SimilarSource = z.infer<typeof similarSourceSchema>

export const similarHeaderSchema = z.strictObject({
  format: z.literal(1),
  weightsSha256: sha256,
  /** Version of the preprocessing that the images went through. */
  preprocessing: z.string(),
  date: z.iso.date(),
  /** Which images, in words. */
  data: z.string(),
  /** Of the labelled set, as a frozen version of it has it: there its pictures are looked for. */
  dataSha256: sha256,
  width: z.int().positive().max(WIDEST),
  components: z.int().positive().max(MOST_NUMBERS),
  images: z.int().positive().max(MOST_IMAGES),
  sources: z.array(similarSourceSchema).min(1).max(255),
  /** From images that took no part in the training to the nearest one that did, of another patient; null where there were none. */
  nearest: z.strictObject({ data: z.string(), n: z.int().positive(), p50: z.number(), p95: z.number() }).nullable(),
  /** Bytes of all pictures. */
  pictures: z.int().min(0),
})
export type SimilarHeader = z.infer<typeof similarHeaderSchema>

export interface SimilarFile {
  header: SimilarHeader
  /** Of the features, `width` numbers. */
  mean: Float32Array
  /** What turns features into the few numbers that are compared: `components × width`, bytes of half-precision numbers. */
  rows: Uint8Array
  /** `images × components`, in the same way. */
  vectors: Uint8Array
  /** Index in `LABELS`; `LABELS.length` for a tumour of unknown kind. */
  labels: Uint8Array
  /** Numbers of patients, or of groups of copies. */
  groups: Uint32Array
  /** Index in the header's sources. */
  sources: Uint8Array
  /** 32 bytes an image. */
  hashes: Uint8Array
  /** Where each image's WebP ends in `pictures`; it begins where the one before ends, and may be empty. */
  ends: Uint32Array
  pictures: Uint8Array
}

/** What is called null: a tumour whose kind nobody knows. */
export const labelAt = ({ labels }: SimilarFile, i: number): Label | null => LABELS[labels[i] as number] ?? null
export const codeOf = (label: Label | null): number => (label === null ? SOME_TUMOUR : LABELS.indexOf(label))

export const hashAt = ({ hashes }: SimilarFile, i: number): string =>
  Array.from(hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/** A WebP; null where there is none. */
export function pictureAt({ ends, pictures }: SimilarFile, i: number): Uint8Array | null {
  const from = i === 0 ? 0 : (ends[i - 1] as number)
  const to = ends[i] as number
  return to > from ? pictures.subarray(from, to) : null
}

/** By which vectors of the record are known to be comparable: the beginning of the file's SHA-256. */
export const indexIdOf = (named: { sha256: string }): string => named.sha256.slice(0, 16)

/** Little-endian: magic, length of the header, the header as JSON filled up with spaces to four bytes, then the parts. */
export function packSimilar(file: SimilarFile): Uint8Array {
  const json = JSON.stringify(file.header)
  const text = new TextEncoder().encode(json)
  const header = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(32)
  header.set(text)
  const parts = [Uint32Array.of(MAGIC, header.length), header, ...partsOf(file)]
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  return bytes
}

/** Numbers of four bytes first, so that each part begins where its numbers may begin. */
const partsOf = (file: SimilarFile) => [
  file.mean,
  file.groups,
  file.ends,
  file.rows,
  file.vectors,
  file.labels,
  file.sources,
  file.hashes,
  file.pictures,
]

/** @throws GyrusError `model-invalid` */
export function unpackSimilar(model: string, content: Uint8Array): SimilarFile {
  const invalid = (reason: string) => new GyrusError('model-invalid', { model, reason: `${SIMILAR_FILE}: ${reason}` })
  // A buffer of its own, which begins where numbers may begin.
  const bytes = new Uint8Array(content)
  const view = new DataView(bytes.buffer)
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw invalid('it is something else')
  const length = view.getUint32(4, true)
  if (length % 4 !== 0 || 8 + length > bytes.length) throw invalid('it breaks off in its header')
  const header = headerIn(bytes.subarray(8, 8 + length))
  if (!header) throw invalid('its header is not as it should be')
  const { width, components, images, pictures } = header
  const sizes = 4 * (width + 2 * images) + 2 * components * (width + images) + images * (2 + HASH_BYTES) + pictures
  if (8 + length + sizes !== bytes.length) throw invalid('it is shorter or longer than its header says')
  let at = 8 + length
  const take = (size: number) => {
    at += size
    return at - size
  }
  const file: SimilarFile = {
    header,
    mean: new Float32Array(bytes.buffer, take(4 * width), width),
    groups: new Uint32Array(bytes.buffer, take(4 * images), images),
    ends: new Uint32Array(bytes.buffer, take(4 * images), images),
    rows: bytes.subarray(take(2 * components * width), at),
    vectors: bytes.subarray(take(2 * images * components), at),
    labels: bytes.subarray(take(images), at),
    sources: bytes.subarray(take(images), at),
    hashes: bytes.subarray(take(images * HASH_BYTES), at),
    pictures: bytes.subarray(take(pictures), at),
  }
  const wrong =
    file.labels.some((label) => label > SOME_TUMOUR) ||
    file.sources.some((source) => source >= header.sources.length) ||
    file.ends.some((end, i) => end < (i === 0 ? 0 : (file.ends[i - 1] as number)) || end > pictures) ||
    file.vectors.some((byte, i) => i % 2 === 1 && (byte & 0x7c) === NO_NUMBER)
  if (wrong) throw invalid('a number in it cannot be right')
  return file
}

function headerIn(bytes: Uint8Array): SimilarHeader | null {
  try {
    return similarHeaderSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null
  } catch {
    return null
  }
}

/** It must be of the very weights and preprocessing that are served. @throws GyrusError `model-altered` */
export function checkSimilar(
  model: string,
  { weights, preprocessing, similar }: ModelManifest,
  made: SimilarHeader,
): void {
  if (made.weightsSha256 === weights.sha256 && made.preprocessing === preprocessing.version) return
  throw new GyrusError('model-altered', { model, file: similar?.file ?? '' })
}
