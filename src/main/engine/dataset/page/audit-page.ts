import { basename, resolve } from 'node:path'
import type { DatasetSource, TaskProgress } from '../../../../shared/dataset.ts'
import { pictureAddress } from '../../picture-address.ts'
import type { AuditPage } from '../../protocol.ts'
import type { Following } from '../../types.ts'
import { auditLoaded } from '../audit.ts'
import { readImageBytes } from '../bytes.ts'
import { workOnEach } from '../each.ts'
import { loadDataset } from '../load.ts'
import type { LabelledImage } from '../types.ts'
import { chooseGroups } from './chosen.ts'
import { leakageHtml } from './index.ts'
import { patientsAcross } from './patients.ts'

/** Longer side of a picture, px. */
const SIDE = 128
/** Files read at a time, as in `loadDataset`. */
const READING = 3

/**
 * A leakage audit, and a page that shows what it found, picture beside picture. The pictures are read anew, because
 * nothing keeps thousands of them meanwhile.
 *
 * @throws GyrusError errors of `auditDataset`; `file-missing` and the like where a file changed since it was compared
 */
export async function auditPage(source: DatasetSource, following: Following<TaskProgress>): Promise<AuditPage> {
  const loaded = await loadDataset(source, following)
  const { audit, near } = await auditLoaded(loaded, following)
  const onTwoSides = chooseGroups(loaded, near, 'split')
  const underTwoLabels = chooseGroups(loaded, near, 'label')
  const shown = [...onTwoSides.groups, ...underTwoLabels.groups].flatMap(({ members }) => members)
  const html = leakageHtml({
    name: basename(resolve(source.path)),
    date: new Date().toISOString().slice(0, 10),
    audit,
    onTwoSides,
    underTwoLabels,
    patients: patientsAcross(loaded.images),
    pictures: await picturesOf([...new Set(shown.map(({ image }) => image))], following),
  })
  return { audit, html }
}

async function picturesOf(images: LabelledImage[], { signal, onProgress }: Following<TaskProgress>) {
  const pictures = new Map<LabelledImage, string>()
  await workOnEach(images, READING, signal, async (image) => {
    const { bytes } = await readImageBytes(image)
    pictures.set(image, await pictureAddress(bytes, SIDE))
    onProgress({ stage: 'reading', done: pictures.size, total: images.length })
  })
  return pictures
}
