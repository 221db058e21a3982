import { type Failure, toFailure } from '../../../shared/errors.ts'
import type { ReadImage, ShownRead } from '../../../shared/kept-evaluation.ts'
import type { Catalogue } from '../datasets/catalogue.ts'
import type { Manifests } from '../datasets/manifests.ts'

interface Pictured {
  images: ShownRead[]
  pictures: { name: string; version: number } | null
  failure: Failure | null
}

/**
 * Images with the hashes by which their pictures are asked for: of the frozen set on which they were measured, else of one
 * with the very same files. None where no such set is here, or where it is not what it was.
 */
export async function withPictures(
  images: ReadImage[],
  { set, dataSha256 }: { set: string | null; dataSha256: string | null },
  catalogue: Catalogue,
  manifests: Manifests,
): Promise<Pictured> {
  const sets = await catalogue.list()
  const same = sets.find(({ name, version }) => `${name}@${version}` === set)
  const found = same ?? sets.find(({ sha256 }) => sha256 === dataSha256)
  const none = images.map((image) => ({ ...image, sha256: null }))
  if (!found) return { images: none, pictures: null, failure: null }
  try {
    const { byFile } = await manifests.of(found.name, found.version)
    return {
      images: images.map((image) => ({ ...image, sha256: byFile.get(image.file)?.sha256 ?? null })),
      pictures: { name: found.name, version: found.version },
      failure: null,
    }
  } catch (error) {
    return { images: none, pictures: null, failure: toFailure(error) }
  }
}
