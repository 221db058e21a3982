/** Longer than any sensible one. */
export const MAX_NAME_FILTER = 200

/**
 * Whether a file's name fits a filter such as `*_t1ce*.png`: `*` stands for any letters, `?` for one; upper and lower
 * case are the same. An empty filter lets everything through. Never slow, whatever the filter.
 */
export function fitsName(name: string, filter: string): boolean {
  if (filter === '') return true
  const text = [...name.toLowerCase()]
  const pattern = [...filter.toLowerCase()]
  let at = 0
  let star = -1
  let resume = 0
  let next = 0
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next++
      resume = at
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      next++
      at++
    } else if (star >= 0) {
      // The last star takes one letter more.
      next = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[next] === '*') next++
  return next === pattern.length
}
