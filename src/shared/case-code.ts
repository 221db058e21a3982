/**
 * Eight digits and letters by which a printed report names its case: the end of the case's id, where it is random. (Its
 * beginning is a time, and the same for all files of a minute.)
 */
export function caseCode(id: string): string {
  const end = id.replaceAll('-', '').slice(-8).toUpperCase()
  return `${end.slice(0, 4)}-${end.slice(4)}`
}

/** The end of an id that a searched word can be: a code, with or without its hyphen, or a whole id. Null for other words. */
export function idEndOf(word: string): string | null {
  const lower = word.toLowerCase()
  if (/^[0-9a-f]{4}-?[0-9a-f]{4}$/.test(lower)) return lower.replace('-', '')
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower) ? lower : null
}
