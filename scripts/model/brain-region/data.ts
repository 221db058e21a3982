import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { GreyPicture } from '../../../src/main/engine/brain-region/index.ts'
import { pictureOf } from '../../../src/main/engine/brain-region/picture.ts'
import { decodeFile } from '../../../src/main/engine/decode/file.ts'
import { pathOf, readSplit } from '../heat/files.ts'

export const CACHE = join(import.meta.dirname, '../../../.cache/brain-region')
export const REFERENCES = join(CACHE, 'references')
export const SHARED = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '../../../../shared')
export const SERIES = join(SHARED, 'dicom/series-t1')

/** Which half of the material: one chooses the settings, the other measures. */
export type Half = 'choosing' | 'measuring'

/** A slice whose brain is known. */
export interface Reference {
  source: 'mni152' | 'series-t1'
  plane: 'sagittal' | 'coronal' | 'axial'
  /** How far from the middle of the brain, as a share of the way to its end. */
  off: number
  half: Half
  picture: GreyPicture
  /** 1 inside. */
  mask: Uint8Array
}

interface Row extends Omit<Reference, 'half' | 'mask' | 'picture'> {
  picture: string
  mask: string
}

/** Every second slice chooses, the others measure: neighbours are 4 mm (template) or 8 mm (series) apart. */
export async function readReferences(): Promise<Reference[]> {
  const { slices } = JSON.parse(readFileSync(join(REFERENCES, 'references.json'), 'utf8')) as { slices: Row[] }
  return Promise.all(
    slices.map(async ({ source, plane, off, ...files }, i): Promise<Reference> => {
      const path = source === 'series-t1' ? join(SERIES, files.picture) : join(REFERENCES, files.picture)
      const picture = await readPicture(path)
      const { width, height } = picture
      const mask = await sharp(join(REFERENCES, files.mask))
        .resize(width, height, { fit: 'fill', kernel: 'nearest' })
        .greyscale()
        .raw()
        .toBuffer()
      const half = i % 2 === 0 ? 'choosing' : 'measuring'
      return { source, plane, off, half, picture, mask: Uint8Array.from(mask, (value) => (value > 127 ? 1 : 0)) }
    }),
  )
}

/** A slice with its tumour's box, px. */
export interface Boxed {
  set: string
  half: Half
  picture: GreyPicture
  box: { left: number; top: number; right: number; bottom: number }
}

/** The slices of `docs/runs/heat/split.json`: those that measure heat maps measure here, too; patients and copies are on one side. */
export const readBoxed = (): Promise<Boxed[]> =>
  Promise.all(
    readSplit().map(async (image): Promise<Boxed> => {
      const picture = await readPicture(pathOf(image))
      const { cx, cy, w, h } = image.box
      const across = (x: number) => Math.min(picture.width, Math.max(0, Math.round(x * picture.width)))
      const down = (y: number) => Math.min(picture.height, Math.max(0, Math.round(y * picture.height)))
      return {
        set: image.set,
        half: image.part === 'measuring' ? 'measuring' : 'choosing',
        picture,
        box: { left: across(cx - w / 2), right: across(cx + w / 2), top: down(cy - h / 2), bottom: down(cy + h / 2) },
      }
    }),
  )

/** As the engine sees it. */
export async function readPicture(path: string): Promise<GreyPicture> {
  return pictureOf(await decodeFile({ path }))
}
