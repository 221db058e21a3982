import { z } from 'zod'
import { DICOM_OBJECTS } from './dicom-objects-by-class.ts'

/**
 * What a file is that was passed over: a DICOM object that is no image, a directory of a medium that cannot be read,
 * hidden, not wanted (name filter, sub-folders), or no image at all.
 */
export const PASSED_OVER = [...DICOM_OBJECTS, 'damaged-directory', 'hidden', 'unwanted', 'other'] as const
export type PassedOverKind = (typeof PASSED_OVER)[number]

/** Paths that are kept of a kind; of the others there is the number alone. */
export const MAX_PASSED_OVER_PATHS = 50
/** Longer ones are cut at their beginning: the end tells more. */
const MAX_PATH = 500

export const passedOverSchema = z.strictObject({
  kind: z.enum(PASSED_OVER),
  /** How many there were. */
  files: z.int().min(0),
  /** The first of them, in the order in which they were found. */
  paths: z.array(z.string().max(MAX_PATH)).max(MAX_PASSED_OVER_PATHS),
})
export type PassedOver = z.infer<typeof passedOverSchema>

/** Counts what is passed over, and keeps the first paths of each kind, so that no number of files fills the memory. */
export class PassedOverCount {
  readonly #kinds = new Map<PassedOverKind, PassedOver>()

  add(path: string, kind: PassedOverKind): void {
    const known = this.#kinds.get(kind)
    const of = known ?? { kind, files: 0, paths: [] }
    if (!known) this.#kinds.set(kind, of)
    of.files += 1
    if (of.paths.length >= MAX_PASSED_OVER_PATHS) return
    of.paths.push(path.length > MAX_PATH ? `…${path.slice(1 - MAX_PATH)}` : path)
  }

  /** What another counted before. */
  include(list: PassedOver[]): this {
    for (const { kind, files, paths } of list) {
      for (const path of paths) this.add(path, kind)
      const of = this.#kinds.get(kind) ?? { kind, files: 0, paths: [] }
      this.#kinds.set(kind, { ...of, files: of.files + Math.max(0, files - paths.length) })
    }
    return this
  }

  get files(): number {
    return this.list.reduce((sum, { files }) => sum + files, 0)
  }

  /** In the order of `PASSED_OVER`. */
  get list(): PassedOver[] {
    return PASSED_OVER.flatMap((kind) => this.#kinds.get(kind) ?? [])
  }
}
