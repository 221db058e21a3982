/**
 * A person's name for a reader: `Yamada^Tarou=山田^太郎` is “Yamada, Tarou (山田, 太郎)”. Of the five parts (PS3.5, section
 * 6.2.1: family, given, middle, prefix, suffix) the family name goes first, as lists are sorted by it.
 */
export function readableName(dicom: string): string {
  const [alphabetic = '', ...others] = dicom.split('=').map(readableGroup)
  const further = others.filter((group) => group !== '' && group !== alphabetic)
  if (alphabetic === '') return further.join(' ')
  return further.length > 0 ? `${alphabetic} (${further.join(', ')})` : alphabetic
}

function readableGroup(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group.split('^').map((part) => part.trim())
  const before = [prefix, given, middle].filter(Boolean).join(' ')
  return [family, before, suffix].filter(Boolean).join(', ')
}
