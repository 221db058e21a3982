import { type Code, codeItem } from './codes.ts'
import type { DataSet } from './data-set.ts'
import type { ImageReference } from './types.ts'

/** How an item hangs on the one above it (PS3.3 C.17.3.2.4). */
export type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS ACQ CONTEXT' | 'HAS CONCEPT MOD'

/** One item of an SR's tree, without its relationship. */
export interface ContentItem {
  valueType: string
  /** null where the template gives an item none. */
  name: Code | null
  value: DataSet
  children: Child[]
}
type Child = [Relationship, ContentItem]

const item = (valueType: string, name: Code | null, value: DataSet, children: Child[] = []): ContentItem => ({
  valueType,
  name,
  value,
  children,
})

export const codeOf = (name: Code, value: Code, children: Child[] = []): ContentItem =>
  item('CODE', name, { ConceptCodeSequence: [codeItem(value)] }, children)

export const textOf = (name: Code, text: string): ContentItem => item('TEXT', name, { TextValue: text })

export const uidOf = (name: Code, uid: string): ContentItem => item('UIDREF', name, { UID: uid })

export const personOf = (name: Code, person: string): ContentItem => item('PNAME', name, { PersonName: person })

/** `value` as it is (FD), and as a decimal string of at most 16 bytes, as a measured value has to be. */
export const numberOf = (name: Code, value: number, unit: Code, children: Child[]): ContentItem => {
  const NumericValue = String(Number(value.toPrecision(9)))
  const MeasuredValueSequence = [
    { MeasurementUnitsCodeSequence: [codeItem(unit)], FloatingPointValue: value, NumericValue },
  ]
  return item('NUM', name, { MeasuredValueSequence }, children)
}

export const imageOf = (name: Code | null, image: ImageReference, children: Child[] = []): ContentItem =>
  item('IMAGE', name, { ReferencedSOPSequence: [referenceOf(image)] }, children)

/** @param observed When what is in it was observed (DT), where that is not when the object was made. */
export const containerOf = (name: Code, children: Child[], observed?: string): ContentItem =>
  item('CONTAINER', name, { ObservationDateTime: observed, ContinuityOfContent: 'SEPARATE' }, children)

/** Items that hang on their parent in the same way. */
export const all = (relationship: Relationship, items: ContentItem[]): Child[] =>
  items.map((child) => [relationship, child])

/** An item of Referenced SOP Sequence. */
export const referenceOf = ({ classUid, uid, frames }: ImageReference): DataSet => ({
  ReferencedSOPClassUID: classUid,
  ReferencedSOPInstanceUID: uid,
  ReferencedFrameNumber: frames.length > 0 ? frames.map(String) : undefined,
})

/** The attributes of an item; those of the root stand in the object's data set itself. */
export const contentOf = ({ valueType, name, value, children }: ContentItem): DataSet => ({
  ValueType: valueType,
  ConceptNameCodeSequence: name ? [codeItem(name)] : undefined,
  ...value,
  ContentSequence: children.length > 0 ? children.map(childOf) : undefined,
})

const childOf = ([RelationshipType, child]: Child): DataSet => ({ RelationshipType, ...contentOf(child) })
