import { sectionUrl } from '../admin/section-url.ts'

const SECTION = 'data-sets'
/** No set can be called so: each has its version behind it. */
export const IMPORT = 'import'

export const listUrl = sectionUrl(SECTION)
export const importUrl = sectionUrl(SECTION, IMPORT)
export const versionUrl = (name: string, version: number) => sectionUrl(SECTION, `${name}@${version}`)

/** What `name@version` names; null where it names none. */
export function versionIn(thing: string): { name: string; version: number } | null {
  const [, name, version] = /^([^@]+)@([1-9]\d{0,5})$/.exec(thing) ?? []
  return name === undefined ? null : { name, version: Number(version) }
}
