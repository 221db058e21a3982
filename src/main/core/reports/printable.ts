/** What stands on paper for a character that the font does not have. */
export const REPLACEMENT = '\ufffd'

/** Control characters, and those that turn the order of letters round: a name must not command a page. */
const COMMANDS = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

export interface Printable {
  /** What can be printed, line breaks as `\n`. */
  text: string
  /** Characters for which `REPLACEMENT` stands. */
  replaced: string[]
}

/** A text as the font can print it. Letters with marks are put together first, for that is how a font has them. */
export function printable(text: string, has: (codePoint: number) => boolean): Printable {
  const replaced: string[] = []
  const whole = text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '  ')
  const printed = Array.from(whole, (character) => {
    if (character === '\n' || (!COMMANDS.test(character) && has(character.codePointAt(0) ?? 0))) return character
    replaced.push(character)
    return REPLACEMENT
  })
  return { text: printed.join(''), replaced }
}

/** `U+5C71`. */
export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
