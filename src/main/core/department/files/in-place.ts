import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { FilesMark } from './mark.ts'
import type { SharedFiles } from './types.ts'

/**
 * Files in a folder, of one workstation or of all of them: what one writes, the others have.
 *
 * @param mark what the folder is known by; null of one workstation alone
 */
export const inPlace = (root: string, mark: Pick<FilesMark, 'check'> | null): SharedFiles => ({
  store: null,
  check: async () => mark?.check(),
  async have({ path }) {
    // Whoever reads it says that a file is missing, where it is the right folder.
    if (mark && !(await isThere(join(root, path)))) await mark.check()
  },
  haveAll: async () => mark?.check(),
  // Where it is another folder, it was written where nobody looks.
  keep: async () => mark?.check(),
  keepLater: async () => mark?.check(),
  keepAll: async () => mark?.check(),
  async missing(_, paths) {
    const there = await Promise.all(paths.map((path) => isThere(join(root, path))))
    return paths.filter((_, i) => !there[i])
  },
  remove: async () => undefined,
  push: async () => undefined,
  pull: async () => true,
  pullAll: async () => undefined,
  drop: async () => undefined,
  waiting: () => false,
  deliver: async () => undefined,
})

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
