import { extname } from 'node:path'
import { GyrusError } from '../../../shared/errors.ts'
import type { DatasetOrigin } from '../../../shared/frozen-dataset.ts'
import type { TaskInput } from '../../engine/protocol.ts'
import type { ReadStore } from '../../store/types.ts'
import { type DataFolder, scanKey, scanPath } from '../data-folder.ts'

type Images = Extract<TaskInput<'freeze-dataset'>['from'], { images: unknown }>['images']

/**
 * Signed cases as labelled images: one a scan, with the verdict on it that was signed last, for the very same file
 * under two labels would teach nothing. Those where the reader could not tell are left out.
 *
 * @param since day (UTC) of the first signature that counts
 * @throws GyrusError `dataset-none-signed`
 */
export async function signedImages(
  store: ReadStore,
  folder: DataFolder,
  since: string | null,
): Promise<{ images: Images; origin: DatasetOrigin }> {
  const { images, scans, standing } = await standingImages(store, folder, since)
  if (images.length === 0) {
    throw new GyrusError('dataset-none-signed', { since: since === null ? '' : ` since ${since}` })
  }
  await fetched(folder, images)
  const cannotTell = standing - images.length
  return { images, origin: { kind: 'signed', since, cannotTell, superseded: scans - standing } }
}

/** The last signed cases, newest first; none where none was signed. */
export async function lastSigned(store: ReadStore, folder: DataFolder, n: number): Promise<Images> {
  const images = (await standingImages(store, folder, null)).images.slice(0, n)
  await fetched(folder, images)
  return images
}

/** What reads them does so by their paths. */
const fetched = (folder: DataFolder, images: Images) =>
  folder.files.haveAll(images.flatMap(({ sha256 }) => (sha256 ? [{ path: scanKey(sha256), sha256 }] : [])))

async function standingImages(store: ReadStore, folder: DataFolder, since: string | null) {
  const scans = await store.signedScans(since === null ? null : `${since}T00:00:00.000Z`)
  const seen = new Set<string>()
  const standing = scans.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256))
  const images = standing.flatMap(({ caseId, fileName, sha256, label, patient, studyDate: date }): Images => {
    if (label === null) return []
    // The name alone is not unique; the id alone would say nothing to a reader. Runs tell it, and they are in clear.
    const name =
      folder.keys === null ? fileName.replaceAll(/[/\\]/g, '_') : `${sha256.slice(0, 12)}${extname(fileName)}`
    const file = `${caseId}/${name}`
    return [{ file, path: scanPath(folder, sha256), sha256, label, patient, date, fold: null, split: null }]
  })
  return { images, scans: scans.length, standing: standing.length }
}
