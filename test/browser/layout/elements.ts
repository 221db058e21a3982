export function dialogOrPage(): Element {
  const root = [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document.querySelector('#app')
  if (!root) throw new Error('there is no screen')
  return root
}

/** How a fault names an element. */
export function named(element: Element): string {
  const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replaceAll(/\s+/g, ' ')
  return `<${element.localName}> “${text.slice(0, 60)}”`
}

export const isShown = (element: Element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !isForReadersOnly(element)

/** Clipped away in full, as `.visually-hidden` does: for screen readers. */
function isForReadersOnly(element: Element): boolean {
  for (let at: Element | null = element; at; at = at.parentElement)
    if (getComputedStyle(at).clipPath === 'inset(50%)') return true
  return false
}

export const scrolls = (element: Element, axis: 'overflowX' | 'overflowY') =>
  /auto|scroll/.test(getComputedStyle(element)[axis])

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** What is left of a box, with what it was cut by: null where nothing cuts it, or it can be scrolled to. */
export interface Left {
  box: Box
  by: Element | null
}

/** Boxes of lines are higher than their letters. */
const SLACK = 3

/** What can be seen of a box in all that it lies in. */
export function seen(element: Element, whole: Box): Left {
  let left: Left = { box: whole, by: null }
  for (let at: Element | null = element; at; at = at.parentElement) {
    const style = getComputedStyle(at)
    if (clips(style)) left = cut(left, at)
    if (style.position === 'fixed') break
  }
  return left
}

const clips = ({ display, overflowX, overflowY }: CSSStyleDeclaration) =>
  display !== 'inline' && display !== 'contents' && (overflowX !== 'visible' || overflowY !== 'visible')

function cut({ box, by }: Left, at: Element): Left {
  const edge = at.getBoundingClientRect()
  const left: Box = {
    ...{ left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right) },
    ...{ top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom) },
  }
  const wide = left.left - box.left > 1 || box.right - left.right > 1
  const high = left.top - box.top > SLACK || box.bottom - left.bottom > SLACK
  const reachable = (!wide || scrolls(at, 'overflowX')) && (!high || scrolls(at, 'overflowY'))
  return { box: left, by: by ?? (reachable ? null : at) }
}

export const isThere = ({ left, right, top, bottom }: Box) => right - left > 1 && bottom - top > 1
