import { isShown, isThere, named, seen } from './elements.ts'

const CONTROLS = 'a[href], button, input, select, textarea, summary, [role=button], [role=menuitem]'

/** What can be pressed is in reach, and in its middle nothing else lies. */
export const controlFaults = (root: Element): string[] =>
  [...root.querySelectorAll(CONTROLS)]
    .filter((one) => isShown(one) && !one.matches(':disabled'))
    .flatMap((one) => faultOf(one))

function faultOf(one: Element): string[] {
  const [whole] = [...one.getClientRects()]
  if (!whole || !isThere(whole)) return []
  const { box, by } = seen(one.parentElement ?? one, whole)
  if (!isThere(box)) return by ? [`out of reach: ${named(one)}`] : []
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return [`out of reach: ${named(one)}`]
  const top = document.elementFromPoint(x, y)
  const own = !top || one.contains(top) || top.contains(one) || one.closest('label')?.contains(top)
  return own ? [] : [`covered by ${named(top)}: ${named(one)}`]
}
