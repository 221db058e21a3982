import { type Element, textElement } from './element.ts'

const TEXTS: Record<string, string> = {
  AE: 'REMOVED',
  AS: '000Y',
  CS: 'REMOVED',
  DA: '19000101',
  DS: '0',
  DT: '19000101000000',
  IS: '0',
  LO: 'REMOVED',
  LT: 'REMOVED',
  PN: 'REMOVED^',
  SH: 'REMOVED',
  ST: 'REMOVED',
  TM: '000000',
  UC: 'REMOVED',
  UR: 'about:blank',
  UT: 'REMOVED',
}
/** Bytes of one number. */
const SIZES: Record<string, number> = { AT: 4, FD: 8, FL: 4, OD: 8, OF: 4, OL: 4, OV: 8, SL: 4, SV: 8, UL: 4, UV: 8 }

/** An element with a value that says nothing (action D of PS3.15), of the same VR. */
export function dummy({ tag, vr }: Element, keyword: string): Element {
  const text = TEXTS[vr]
  if (text !== undefined) return textElement(tag, vr, text)
  if (vr !== 'SQ') return { kind: 'value', tag, vr, value: new Uint8Array(SIZES[vr] ?? 2) }
  // Of other sequences nobody can tell what their item must hold.
  return { kind: 'sequence', tag, vr, items: keyword.endsWith('CodeSequence') ? [REMOVED_CODE] : [] }
}

const REMOVED_CODE: Element[] = [
  textElement(0x0008_0100, 'SH', 'REMOVED'),
  textElement(0x0008_0102, 'SH', '99GYRUS'),
  textElement(0x0008_0104, 'LO', 'Removed'),
]
