/** A name of an enumeration, which stands without quotes. */
export class EnumName {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A text, a whole number, a name, a message, or several numbers of one field. */
export type TextValue = string | number | EnumName | number[] | TextMessage
/** The fields of a message in their order; one that is repeated comes several times. */
export type TextMessage = [field: string, value: TextValue][]

/**
 * A message in the text format of protocol buffers, a field a line.
 * @throws Error where a number is no safe integer: no field that is written here takes another
 */
export function textFormat(message: TextMessage, indent = ''): string {
  return message.map(([field, value]) => `${indent}${field}${written(value, indent)}\n`).join('')
}

function written(value: TextValue, indent: string): string {
  if (typeof value === 'string') return `: ${quoted(value)}`
  if (typeof value === 'number') return `: ${whole(value)}`
  if (value instanceof EnumName) return `: ${value.name}`
  if (isNumbers(value)) return `: [ ${value.map(whole).join(', ')} ]`
  return value.length === 0 ? ' { }' : ` {\n${textFormat(value, `${indent}  `)}${indent}}`
}

const isNumbers = (value: number[] | TextMessage): value is number[] => typeof value[0] === 'number'

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`)
  return String(value)
}

const ESCAPES = new Map(Object.entries({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }))

/** Everything that is not printable ASCII goes as octal bytes of its UTF-8, which every reader of the format takes. */
function quoted(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const characters = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte)
    const escaped = ESCAPES.get(character)
    if (escaped !== undefined) return escaped
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : character
  })
  return `"${characters.join('')}"`
}
