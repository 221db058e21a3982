import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { shared } from './shared.ts'

const CLASSES = ['glioma', 'meningioma', 'notumor', 'pituitary'] as const

/**
 * Images of the public set below `Training` and `Testing`, and a copy of a training image among those for testing. Null
 * where the shared data folder is not there.
 *
 * @param rename what the folders of a class are called instead
 * @param each images of each class on each side
 */
export function writeSmallSet(
  folder: string,
  rename: Partial<Record<(typeof CLASSES)[number], string>> = {},
  each = 5,
) {
  const root = shared('datasets/brain-tumor-mri')
  if (root === null) return null
  for (const side of ['Training', 'Testing']) {
    for (const name of CLASSES) {
      const target = join(folder, side, rename[name] ?? name)
      mkdirSync(target, { recursive: true })
      const files = readdirSync(join(root, side, name)).sort()
      for (const file of files.slice(0, each)) copyFileSync(join(root, side, name, file), join(target, file))
    }
  }
  const glioma = rename.glioma ?? 'glioma'
  const [first = ''] = readdirSync(join(folder, 'Training', glioma)).sort()
  copyFileSync(join(folder, 'Training', glioma, first), join(folder, 'Testing', glioma, 'copy.jpg'))
  return { folder, original: `Training/${glioma}/${first}`, copy: `Testing/${glioma}/copy.jpg` }
}
