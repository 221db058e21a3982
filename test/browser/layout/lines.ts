import { type Box, isShown, isThere, named, seen } from './elements.ts'

/** Letters. Up to 80 are read with ease, and some more where a line says one thing. */
const LONGEST_LINE = 120

interface Line {
  text: Text
  element: Element
  /** What of it is seen. */
  box: Box
  cutBy: Element | null
}

/** Text is large enough, in lines that the eye can follow, whole, and over no other text. */
export function textFaults(root: Element, smallest: number): string[] {
  const texts = textsOf(root)
  const lines = texts.flatMap(linesOf)
  return [...texts.flatMap((text) => sizeFaults(text, smallest)), ...lines.flatMap(cutFaults), ...overlaps(root, lines)]
}

function textsOf(root: Element): Text[] {
  const found: Text[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    const element = text.parentElement
    if (text.data.trim() && element && !element.closest('select, style, title') && isShown(element)) found.push(text)
  }
  return found
}

const parentOf = (text: Text) => text.parentElement as Element

function boxesOf(text: Text): DOMRect[] {
  const range = document.createRange()
  range.selectNodeContents(text)
  return [...range.getClientRects()].filter(isThere)
}

const linesOf = (text: Text): Line[] =>
  boxesOf(text)
    .map((whole) => ({ whole, ...seen(parentOf(text), whole) }))
    .filter(({ box, by }) => isThere(box) || by !== null)
    .map(({ box, by }) => ({ text, element: parentOf(text), box, cutBy: by }))

function sizeFaults(text: Text, smallest: number): string[] {
  const element = parentOf(text)
  const style = getComputedStyle(element)
  // What is drawn may be scaled.
  const scale = element.closest('svg')?.getScreenCTM()?.d ?? 1
  const size = Number.parseFloat(style.fontSize) * Math.abs(scale || 1)
  const rows = new Set(boxesOf(text).map(({ top }) => Math.round(top))).size
  const letters =
    style.whiteSpaceCollapse === 'preserve' || style.textWrapMode === 'nowrap' ? 0 : text.data.trim().length
  return [
    ...(size < smallest - 0.1 ? [`text of ${size.toFixed(1)} px: ${named(element)}`] : []),
    ...(rows > 0 && letters / rows > LONGEST_LINE
      ? [`a line of ${Math.round(letters / rows)}: ${named(element)}`]
      : []),
  ]
}

/** What ends in “…” is told in full somewhere: by its title, or by what opens it. */
function cutFaults({ element, cutBy }: Line): string[] {
  if (!cutBy) return []
  const { textOverflow, webkitLineClamp } = getComputedStyle(cutBy)
  const meant = textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
  const told = element.closest('[title], [aria-label]') ?? cutBy.querySelector('[title]')
  return meant && told ? [] : [`cut off: ${named(element)}`]
}

function overlaps(root: Element, lines: Line[]): string[] {
  const found: string[] = []
  const sorted = lines.filter(({ box }) => isThere(box)).sort((a, b) => a.box.top - b.box.top)
  for (const [i, one] of sorted.entries()) {
    for (let next = i + 1; next < sorted.length; next++) {
      const other = sorted[next] as Line
      if (other.box.top >= one.box.bottom) break
      if (liesOn(one, other) && layerOf(root, one.element) === layerOf(root, other.element))
        found.push(`${named(one.element)} lies on ${named(other.element)}`)
    }
  }
  return found
}

function liesOn({ text, box: a }: Line, { text: other, box: b }: Line): boolean {
  if (text === other) return false
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return wide > 2 && high > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top)
}

/** What sticks or floats lies over what scrolls below it. */
function layerOf(root: Element, element: Element): Element {
  for (let at: Element | null = element; at && at !== root; at = at.parentElement)
    if (/sticky|fixed/.test(getComputedStyle(at).position)) return at
  return root
}
