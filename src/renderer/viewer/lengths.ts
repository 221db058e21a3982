import type { Types } from '@cornerstonejs/core'
import { annotation, type Types as ToolTypes } from '@cornerstonejs/tools'
import { InsideLengthTool } from './length-tool.ts'

/** Where a length lies: its ends, and its text where that was moved away from them. In image px. */
export interface Place {
  uid: string
  points: Types.Point3[]
  text: Types.Point3 | null
}

/** The lengths on the screen, in the order in which they were drawn. */
export const lengthsOn = (surface: HTMLDivElement): ToolTypes.Annotation[] =>
  annotation.state.getAnnotations(InsideLengthTool.toolName, surface) ?? []

export const isSelected = ({ annotationUID = '' }: ToolTypes.Annotation): boolean =>
  annotation.selection.isAnnotationSelected(annotationUID)

/** Where each of them lies now; a copy, which stays when they are moved. */
export const placesOn = (surface: HTMLDivElement): Place[] =>
  lengthsOn(surface).map(({ annotationUID = '', data: { handles } }) => ({
    uid: annotationUID,
    points: (handles?.points ?? []).map(copyOf),
    text: handles?.textBox?.hasMoved && handles.textBox.worldPosition ? copyOf(handles.textBox.worldPosition) : null,
  }))

/** Those places of `before` that are others by now. Lengths that came or went since are not among them. */
export function movedSince(before: Place[], surface: HTMLDivElement): Place[] {
  const now = new Map(placesOn(surface).map((place) => [place.uid, JSON.stringify(place)]))
  return before.filter((place) => now.has(place.uid) && now.get(place.uid) !== JSON.stringify(place))
}

/** Puts a length back to where it was. */
export function putBack({ uid, points, text }: Place): void {
  const line = annotation.state.getAnnotation(uid)
  const handles = line?.data.handles
  if (!line || !handles) return
  handles.points = points.map(copyOf)
  if (handles.textBox) {
    handles.textBox.hasMoved = text !== null
    if (text) handles.textBox.worldPosition = copyOf(text)
  }
  // Measured anew when it is drawn.
  line.invalidated = true
}

const copyOf = ([x, y, z]: Types.Point3): Types.Point3 => [x, y, z]
