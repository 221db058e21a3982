/** Text of one byte set: how DICOM names it, and how `TextDecoder` does (PS3.3, C.12.1.1.2). */
const SINGLE: Record<string, string> = {
  '': 'latin1',
  'ISO_IR 6': 'latin1',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  // windows-1254, which is what TextDecoder reads it as, has the same letters.
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
}

/** Escape sequences of ISO 2022 (PS3.3, tables C.12-3 and C.12-4): what follows each is in this set. */
const ESCAPES: [sequence: string, set: string][] = [
  ['(B', 'latin1'],
  ['(J', 'shift_jis'],
  [')I', 'shift_jis'],
  ['-A', 'latin1'],
  ['-B', 'iso-8859-2'],
  ['-C', 'iso-8859-3'],
  ['-D', 'iso-8859-4'],
  ['-L', 'iso-8859-5'],
  ['-G', 'iso-8859-6'],
  ['-F', 'iso-8859-7'],
  ['-H', 'iso-8859-8'],
  ['-M', 'iso-8859-9'],
  ['-b', 'iso-8859-15'],
  ['-T', 'windows-874'],
  ['$B', 'iso-2022-jp'],
  ['$(D', 'jis0212'],
  ['$)C', 'euc-kr'],
  ['$)A', 'gbk'],
]

/** VRs whose text is in the set that the file names; all others are plain. */
const WITH_SETS = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT'])
const ESC = 0x1b

/** Text of an element, in the character sets that its file names. What cannot be read becomes U+FFFD, never an error. */
export function decodeText(bytes: Uint8Array, vr: string, sets: string[]): string {
  if (!WITH_SETS.has(vr)) return decode(bytes, 'latin1')
  // `ISO 2022 IR 100` is ISO_IR 100 with escapes to others.
  const [first = '', ...others] = sets.map((name) =>
    name
      .toUpperCase()
      .replace(/^ISO 2022 IR /, 'ISO_IR ')
      .replace(/^ISO IR /, 'ISO_IR '),
  )
  const initial = SINGLE[first] ?? (others.length > 0 ? 'latin1' : 'utf-8')
  return bytes.includes(ESC) ? decodeParts(bytes, vr, initial) : decode(bytes, initial)
}

/** The parts between escape sequences, each in its own set; where a value or a part of a name ends, the first one returns. */
function decodeParts(bytes: Uint8Array, vr: string, initial: string): string {
  let text = ''
  let set = initial
  let from = 0
  const flush = (to: number) => {
    if (to > from) text += decode(bytes.subarray(from, to), set)
  }
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte === ESC) {
      const rest = String.fromCharCode(...bytes.subarray(i + 1, i + 4))
      const found = ESCAPES.find(([sequence]) => rest.startsWith(sequence))
      flush(i)
      if (found) set = found[1]
      i += found ? found[0].length : 0
      from = i + 1
    } else if (isEnd(byte, vr) && !isTwoByte(set)) {
      flush(i)
      from = i
      set = initial
    }
  }
  flush(bytes.length)
  return text
}

/** 94 × 94 sets with both bytes below 128, in which a backslash or caret may be half of a character. */
const isTwoByte = (set: string) => set === 'iso-2022-jp' || set === 'jis0212'
const isEnd = (byte: number, vr: string) =>
  byte === 0x5c || byte === 0x0a || (vr === 'PN' && (byte === 0x5e || byte === 0x3d))

function decode(bytes: Uint8Array, set: string): string {
  // TextDecoder knows JIS X 0208 and 0212 only with their bytes' high bits, as EUC-JP has them.
  if (set === 'iso-2022-jp') return new TextDecoder('euc-jp').decode(bytes.map((byte) => byte | 0x80))
  if (set === 'jis0212') return new TextDecoder('euc-jp').decode(Uint8Array.from(marked(bytes)))
  return new TextDecoder(set === 'latin1' ? 'iso-8859-1' : set).decode(bytes)
}

function* marked(bytes: Uint8Array): Generator<number> {
  for (const [i, byte] of bytes.entries()) {
    if (i % 2 === 0) yield 0x8f
    yield byte | 0x80
  }
}
