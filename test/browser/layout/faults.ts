import { controlFaults } from './controls.ts'
import { dialogOrPage, isShown, named, scrolls } from './elements.ts'
import { textFaults } from './lines.ts'

export interface Wanted {
  /** Of text, px on the screen. */
  smallestText: number
  /** Enlarged, what holds a table or a chart may be wider than the window; all else has to fit. */
  wideTables?: boolean
}

const TABLES = 'table, [role=grid], [role=table], [role=rowgroup], [role=row], svg, canvas, figure, pre'

export function faults(wanted: Wanted): string[] {
  const root = dialogOrPage()
  return [
    ...new Set([
      ...scrollFaults(root, wanted.wideTables === true),
      ...textFaults(root, wanted.smallestText),
      ...controlFaults(root),
    ]),
  ]
}

/** The page does not scroll, and nothing that it is made of scrolls sideways. */
function scrollFaults(root: Element, wideTables: boolean): string[] {
  const { scrollWidth, scrollHeight } = document.documentElement
  const page = scrollWidth > innerWidth || scrollHeight > innerHeight
  const sideways = [root, ...root.querySelectorAll('*')].filter(
    (one) =>
      one.scrollWidth - one.clientWidth > 1 &&
      isShown(one) &&
      scrolls(one, 'overflowX') &&
      !(wideTables && (one.matches(TABLES) || one.querySelector(TABLES) !== null)),
  )
  return [
    ...(page ? [`the page scrolls: ${scrollWidth} by ${scrollHeight}`] : []),
    ...sideways.map((one) => `scrolls sideways by ${one.scrollWidth - one.clientWidth}: ${named(one)}`),
  ]
}
