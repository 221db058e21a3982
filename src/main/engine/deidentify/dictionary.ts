/** What PS3.6 says of an attribute. */
export interface Entry {
  vr: string
  keyword: string
}
export type Dictionary = (tag: number) => Entry | undefined

/** What is used of dcmjs, which has no types of its own. */
interface Dcmjs {
  DicomMetaDictionary: { dictionary: Record<string, { vr: string; name: string } | undefined> }
}

/** VRs that PS3.6 leaves open; which one it is changes nothing here. */
const OPEN_VRS: Record<string, string> = { xs: 'US', ox: 'OW' }

/** `(0010,0010)` */
export function tagText(tag: number): string {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0')
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}

/** Loaded when it is first needed: not at every start of the engine. */
export async function loadDictionary(): Promise<Dictionary> {
  // @ts-expect-error dcmjs has no types.
  const { data } = (await import('dcmjs')) as { data: Dcmjs }
  return (tag) => {
    const entry = data.DicomMetaDictionary.dictionary[tagText(tag)]
    return entry && { vr: OPEN_VRS[entry.vr] ?? entry.vr, keyword: entry.name }
  }
}
