import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

export const SETTINGS = 'department.json'

export const isByEnvironment = (): boolean => Boolean(process.env.GYRUS_DATABASE)

/** Where the address is written, for whoever has to correct it; null where there is no department. */
export function settingsPlace(root: string): string | null {
  if (isByEnvironment()) return 'GYRUS_DATABASE'
  const file = resolve(root, SETTINGS)
  return existsSync(file) ? file : null
}
