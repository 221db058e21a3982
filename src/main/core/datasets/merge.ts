import type { FrozenImage } from '../../../shared/frozen-dataset.ts'

/**
 * Has each group of images be of one patient from now on, with all other images of the patients in it; groups that share a
 * patient become one. Its name is that of the first known patient in it, else one after the content of its first image; its
 * fold that of the first image that has one, for a patient must not be in two.
 *
 * @param groups paths of images in the set
 */
export function mergePatients(images: FrozenImage[], groups: string[][]): FrozenImage[] {
  const patients = new Map(images.map((image) => [image.file, patientOf(image)]))
  const joined = groups.map((files) => new Set(files.flatMap((file) => patients.get(file) ?? [])))
  const one = unite(joined)
  const members = Map.groupBy(images, (image) => one.get(patientOf(image)))
  const merged = new Map(
    [...members].flatMap(([head, ofIt]) => (head === undefined ? [] : asOne(ofIt).map((image) => [image.file, image]))),
  )
  return images.map((image) => merged.get(image.file) ?? image)
}

/** An image of nobody known is of somebody of its own. */
const patientOf = ({ patient, file }: FrozenImage) => patient ?? `\0${file}`

function asOne(images: FrozenImage[]): FrozenImage[] {
  const known = images.find(({ patient }) => patient !== null)?.patient
  const patient = known ?? `copies-${images[0]?.sha256.slice(0, 12)}`
  const fold = images.find((image) => image.fold !== null)?.fold ?? null
  return images.map((image) => ({ ...image, patient, fold }))
}

/** Sets that overlap become one: the first member of it, by each of its members. */
function unite(sets: Set<string>[]): Map<string, string> {
  const above = new Map<string, string>()
  const headOf = (member: string): string => {
    const next = above.get(member)
    return next === undefined ? member : headOf(next)
  }
  for (const [first = '', ...others] of sets) {
    for (const other of others) if (headOf(other) !== headOf(first)) above.set(headOf(other), headOf(first))
  }
  return new Map(sets.flatMap((set) => [...set]).map((member) => [member, headOf(member)]))
}
