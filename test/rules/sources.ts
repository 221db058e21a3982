import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { join as joinPosix } from 'node:path/posix'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

export const ROOT = dirname(dirname(import.meta.dirname))

export interface Source {
  /** From the root, with slashes. */
  path: string
  text: string
  /** What it imports: files of ours as paths from the root, anything else as written. */
  imports: string[]
}

/** All files below `folder` that hold code. */
export function readSources(folder: string): Source[] {
  return listFiles(`${folder}/**/*.{ts,mts,js,mjs,svelte}`).map((path) => toSource(path, readText(path)))
}

export function listFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function toSource(path: string, text: string): Source {
  const found = path.endsWith('.svelte') ? importsOfSvelte(text) : importsOfTypeScript(text)
  return { path, text, imports: [...new Set(found.map((specifier) => resolve(path, specifier)))] }
}

/** Import and export declarations, also of types only, `import()` and `require()`. */
function importsOfTypeScript(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

/** The same in the script blocks and in the expressions of the markup. */
function importsOfSvelte(text: string): string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (!isRecord(node)) return
    const { source } = node
    if (isRecord(source) && typeof source.value === 'string') found.push(source.value)
    for (const child of Object.values(node)) visit(child)
  }
  const { instance, module, fragment } = parse(text, { modern: true })
  visit([instance, module, fragment])
  return found
}

/** Arrays too. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** `./a.svg?raw` of Vite is the file a.svg. */
function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return joinPosix(dirname(from), specifier.replace(/\?.*$/, ''))
}
