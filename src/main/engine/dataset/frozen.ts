import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { GyrusError } from '../../../shared/errors.ts'
import { asFileError } from '../../../shared/file-errors.ts'
import { type DatasetManifest, datasetManifestSchema } from '../../../shared/frozen-dataset.ts'
import { hashContent, hashFiles } from './hashes.ts'
import { storedPath } from './keep-file.ts'
import { readSetFile } from './sealed.ts'
import type { LabelledImage } from './types.ts'

/** Whether a path names a frozen set rather than a folder or a table. */
export const isManifest = (path: string) => basename(path) === 'dataset.json'

/**
 * Images of a frozen set. Their files lie beside it in the data folder (`datasets/<name>/<version>/dataset.json` and
 * `datasets/files/…`) and are checked when they are read.
 *
 * @throws GyrusError `dataset-altered`, `file-missing`, `file-unreadable`
 */
export async function readFrozen(path: string): Promise<LabelledImage[]> {
  const text = Buffer.from(await readSetFile(path).catch((error) => Promise.reject(asFileError(error)))).toString()
  const { images } = checkManifest(text, path)
  const files = join(dirname(path), '..', '..', 'files')
  return images.map(({ width: _, height: __, ...image }) => ({ ...image, path: storedPath(files, image.sha256) }))
}

/** What can be known without the record: that it is whole, and that its hashes are those of its images. */
function checkManifest(text: string, path: string): DatasetManifest {
  const altered = (reason: string) => new GyrusError('dataset-altered', { set: path, reason })
  const parsed = datasetManifestSchema.safeParse(parseJson(text))
  if (!parsed.success) throw altered(z.prettifyError(parsed.error))
  const { name, version, sha256, contentSha256, images } = parsed.data
  if (hashFiles(images) === sha256 && hashContent(images) === contentSha256) return parsed.data
  throw new GyrusError('dataset-altered', { set: `${name}@${version}`, reason: 'its hash is not that of its images' })
}

/** Undefined, which no schema takes, where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
