/** What an entry keeps of its act: JSON that an other Gyrus may have written, so nothing of it is taken on trust. */
export type Detail = Record<string, unknown>

const isObject = (value: unknown): value is Detail =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as what it is wanted to be, or null. */
export const of = {
  text: (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null),
  number: (value: unknown): number | null => (typeof value === 'number' ? value : null),
  count: (value: unknown): string | null => (typeof value === 'number' ? String(value) : null),
  texts: (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [],
  object: (value: unknown): Detail | null => (isObject(value) ? value : null),
  parsed(json: string): Detail {
    try {
      const value: unknown = JSON.parse(json)
      return isObject(value) ? value : {}
    } catch {
      return {}
    }
  },
}

/** What a code is called; one that is not known is told as it is. */
export const named = (names: Record<string, string>, code: string | null): string | null =>
  code === null ? null : Object.hasOwn(names, code) ? (names[code] as string) : code.replaceAll('-', ' ')
