/** Letters that a DICOM text must not hold, or that would command it: control characters; ESC would switch character sets. */
const CONTROL = /\p{Cc}/gu

/** For SH and LO: one line of at most `length` letters (not bytes: PS3.5 6.2), and no backslash, which parts values. */
export function oneLine(text: string, length: number): string {
  const line = text.replace(CONTROL, ' ').replaceAll('\\', '/').trim()
  return Array.from(line).slice(0, length).join('')
}

/** For UT: lines end in CR LF (PS3.5 6.2), tabs stay. */
export function longText(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/)
  return lines.map((line) => line.replace(/(?!\t)\p{Cc}/gu, ' ')).join('\r\n')
}

/**
 * A full name as it is signed with, as a PN: all of it as family name, for which word is which cannot be told. Letters
 * with a meaning in a PN are replaced.
 */
export const personName = (fullName: string): string => oneLine(fullName.replace(/[\^=]/g, ' '), 64)
