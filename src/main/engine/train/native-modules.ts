import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as util from 'node:util'
import { compileFunction } from 'node:vm'

/** What tfjs-node's files may load beside each other. */
export type Provided = Record<string, unknown>

type Load = (id: string) => unknown

const nodeRequire = createRequire(import.meta.url)

/** Gone from `util` since Node 23; tfjs-node calls them. */
const LEGACY_UTIL = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isString: (value: unknown) => typeof value === 'string',
}

/**
 * Loads CommonJS files below a folder in a small world of their own: they get the packages that they are given and a
 * `util` with what newer Nodes removed, and nothing of the process changes. So they share our tfjs-core, and their other
 * dependencies (installers, protobuf for TensorBoard) need not be there.
 *
 * @param provided packages, or files by their path from `root`, in place of what would be looked up
 */
export function moduleLoader(root: string, provided: Provided): Load {
  const loaded = new Map<string, { exports: unknown }>()
  const given: Provided = { util: { ...util, ...LEGACY_UTIL }, ...provided }
  const load = (path: string): unknown => {
    const known = loaded.get(path)
    if (known) return known.exports
    const module = { exports: {} as unknown }
    loaded.set(path, module)
    const names = ['exports', 'require', 'module', '__filename', '__dirname']
    const run = compileFunction(readFileSync(path, 'utf8'), names, { filename: path })
    run.call(module.exports, module.exports, requireFrom(dirname(path)), module, path, dirname(path))
    return module.exports
  }
  const requireFrom =
    (folder: string): Load =>
    (id) => {
      const name = id.startsWith('.') ? join(folder, id).slice(root.length + 1) : id
      if (name in given) return given[name]
      return id.startsWith('.') ? load(fileOf(join(folder, id))) : nodeRequire(`node:${id}`)
    }
  return requireFrom(root)
}

/** `./a` is a.js, or index.js in a folder. */
function fileOf(path: string): string {
  const tries = [path, `${path}.js`, join(path, 'index.js')]
  const found = tries.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile())
  if (!found) throw new Error(`${path} is missing`)
  return found
}
