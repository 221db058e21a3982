import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './markdown.ts'

/** Folders whose files pages name. */
const TREES = ['src', 'test', 'scripts', 'docs', 'resources']
const PATH = /^(?:\.\/)?((?:src|test|scripts|docs|resources)\/[^\s:#]*)(?:[:#]\S*)?$/
/** `listener/uids.ts`, `alone.test.ts`: a source file, named from somewhere below. */
const SOURCE = /^(?:[\w.-]+\/)*[\w-]+(?:\.[\w-]+)*\.(?:ts|svelte|mjs|py)$/

let all: string[] | undefined
const files = (): string[] =>
  (all ??= TREES.flatMap((tree) => globSync(`${tree}/**/*`, { cwd: ROOT })).map((path) => path.replaceAll('\\', '/')))

/** The file or folder of the repository that a word of code names, where it is not there. */
export function missingFile(word: string): string | null {
  const code = word.replace(/[.,;:)]+$/, '')
  const path = PATH.exec(code)?.[1]
  if (path !== undefined) {
    if (/[<…]|[A-Z]{3,}$/.test(path)) return null
    const there = path.includes('*') ? globSync(path, { cwd: ROOT }).length > 0 : existsSync(join(ROOT, path))
    return there ? null : path
  }
  if (!SOURCE.test(code)) return null
  return files().some((file) => file === code || file.endsWith(`/${code}`)) || existsSync(join(ROOT, code))
    ? null
    : code
}
