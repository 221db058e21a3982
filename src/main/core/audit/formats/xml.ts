const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** What XML 1.0 has no way to write, not even as an entity: other controls, lone surrogates, the two non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

const escapeXml = (text: string) =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] as string)

/** ` name="value"` for each; values are escaped. */
export const attributes = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, text]) => ` ${name}="${escapeXml(text)}"`)
    .join('')

/** An element of attributes and elements, or of a text. */
export function element(name: string, values: Record<string, string>, children: string[] = [], text = ''): string {
  const content = children.join('') + escapeXml(text)
  return content === '' ? `<${name}${attributes(values)}/>` : `<${name}${attributes(values)}>${content}</${name}>`
}
