import type { DatasetSource, TaskProgress } from '../../../shared/dataset.ts'
import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { FrozenContent, FrozenImage } from '../../../shared/frozen-dataset.ts'
import { decodeImage } from '../decode/index.ts'
import type { Following } from '../types.ts'
import { type ImageBytes, readImageBytes } from './bytes.ts'
import { countPerClass, countSizes, patientsIn } from './counts.ts'
import { workOnEach } from './each.ts'
import { hashContent, hashFiles } from './hashes.ts'
import { type FileStore, keepFile } from './keep-file.ts'
import { readDataset } from './read.ts'
import type { LabelledImage } from './types.ts'

/** Files under way at a time: while some wait for the disk, others are hashed and decoded. */
const UNDER_WAY = 8

/** A set by its place, or images that are known to be one. */
export interface FreezeInput {
  from: DatasetSource | { images: LabelledImage[] }
  store: FileStore
}

/**
 * Copies all images of a set into the store and says what they are. Images that cannot be read are listed instead;
 * copies without a set that names them do no harm, so a cancelled or killed run only has to be started again.
 *
 * @throws GyrusError errors of `readDataset`, `disk-full`, `data-folder-unusable`, `cancelled`
 */
export async function freezeDataset(
  { from, store }: FreezeInput,
  { signal, onProgress }: Following<TaskProgress>,
): Promise<FrozenContent> {
  const listed = 'images' in from ? from.images : await readDataset(from)
  const found = new Array<FrozenImage | GyrusError>(listed.length)
  let done = 0
  await workOnEach(listed, UNDER_WAY, signal, async (image, index) => {
    const read = await readWhole(image).catch(toGyrusError)
    if (!(read instanceof GyrusError)) await keepFile(store, read)
    found[index] = read instanceof GyrusError ? read : freeze(image, read)
    onProgress({ stage: 'copying', done: ++done, total: listed.length })
  })
  return describe(listed, found)
}

type WholeImage = ImageBytes & { width: number; height: number }

/** Decodes all of an image: half a file has a size, too. */
async function readWhole(image: LabelledImage): Promise<WholeImage> {
  const read = await readImageBytes(image)
  const { width, height } = await decodeImage(read.bytes)
  return { ...read, width, height }
}

function freeze(image: LabelledImage, { sha256, width, height }: WholeImage): FrozenImage {
  const { file, label, patient, date, fold, split } = image
  return { file, sha256, label, patient, date, fold, split, width, height }
}

function describe(listed: LabelledImage[], found: (FrozenImage | GyrusError)[]): FrozenContent {
  const images = found
    .flatMap((one) => (one instanceof GyrusError ? [] : [one]))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
  const unreadable = listed.flatMap(({ file }, i) => {
    const one = found[i]
    return one instanceof GyrusError ? [{ file, failure: one.toFailure() }] : []
  })
  return {
    sha256: hashFiles(images),
    contentSha256: hashContent(images),
    perClass: countPerClass(images),
    patients: new Set(images.map(({ patient }) => patient).filter((patient) => patient !== null)).size,
    patientsInTwoClasses: patientsIn(images, ({ label }) => label).patients,
    sizes: countSizes(images),
    unreadable,
    images,
  }
}
