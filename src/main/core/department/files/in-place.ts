import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { SharedFiles } from './types.ts'

/** Files in a folder, of one workstation or of all of them: what one writes, the others have. */
export const inPlace = (root: string): SharedFiles => ({
  store: null,
  have: async () => undefined,
  haveAll: async () => undefined,
  keep: async () => undefined,
  keepLater: async () => undefined,
  keepAll: async () => undefined,
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
