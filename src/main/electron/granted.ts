import { isAbsolute, resolve } from 'node:path'
import type { WebContents } from 'electron'
import { GyrusError } from '../../shared/errors.ts'
import { namesPaths, PATH_REQUESTS } from '../../shared/path-requests.ts'

/** What each window's user chose in a dialog, dropped on it, or had the system hand over. It ends with the window. */
const granted = new WeakMap<WebContents, Set<string>>()

/** Lets a window's page name these places from now on, and what lies below them. */
export function grant(contents: WebContents, paths: readonly string[]): void {
  const known = granted.get(contents) ?? new Set()
  for (const path of paths) known.add(resolve(path))
  granted.set(contents, known)
}

/**
 * Refuses a request that names a place which nobody chose at this window: the page alone opens nothing.
 *
 * @throws GyrusError `request-invalid`
 */
export function checkPlaces(name: string, input: unknown, contents: WebContents): void {
  if (!namesPaths(name)) return
  const fields = PATH_REQUESTS[name]
  const values = (input ?? {}) as Record<string, unknown>
  if (fields?.every((field) => mayName(contents, values[field]))) return
  throw new GyrusError('request-invalid', { reason: 'it names a place that was not chosen at this window' })
}

/** What is neither a path nor a list of them is the core's to refuse. */
function mayName(contents: WebContents, value: unknown): boolean {
  const paths = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
  const known = granted.get(contents)
  return paths.every((path) => isAbsolute(path) && known !== undefined && isBelow(known, resolve(path)))
}

/** Whether it is one of them or lies in one of them. */
function isBelow(known: ReadonlySet<string>, path: string): boolean {
  if (known.has(path)) return true
  const above = resolve(path, '..')
  return above !== path && isBelow(known, above)
}
