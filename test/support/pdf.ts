import { extractText, getDocumentProxy, getMeta, getResolvedPDFJS } from 'unpdf'

/** The text of each page as it can be selected, white space as single spaces. */
export async function textOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(pdf)))
  return text.map((page) => page.replace(/\s+/g, ' '))
}

/** Texts of a page with their height above its lower edge, pt, in the order in which they were drawn. */
export async function placesOf(pdf: Uint8Array, page: number): Promise<{ text: string; y: number }[]> {
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const { items } = await (await document.getPage(page)).getTextContent()
  return items.flatMap((item) => ('str' in item ? [{ text: item.str, y: item.transform[5] as number }] : []))
}

export async function metaOf(pdf: Uint8Array) {
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const { info } = await getMeta(document)
  const marked = await document.getMarkInfo()
  const tree = await (await document.getPage(1)).getStructTree()
  return { info, marked, roles: rolesIn(tree) }
}

interface Node {
  role?: string
  children?: object[]
}
const rolesIn = (node: Node | null): string[] =>
  node ? [node.role ?? '', ...(node.children ?? []).flatMap(rolesIn)] : []

/** A text of a page as it was drawn; points from the lower left, `y` is its baseline. */
export interface Drawn {
  text: string
  x: number
  y: number
  width: number
  size: number
}

/** What is drawn on each page, and how large the pages are. */
export async function drawnOn(pdf: Uint8Array): Promise<{ width: number; height: number; drawn: Drawn[] }[]> {
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const numbers = Array.from({ length: document.numPages }, (_, i) => i + 1)
  return Promise.all(
    numbers.map(async (number) => {
      const page = await document.getPage(number)
      const [, , width = 0, height = 0] = page.view
      const { items } = await page.getTextContent()
      const drawn = items.flatMap((item): Drawn[] => {
        if (!('str' in item) || item.str.trim() === '') return []
        const [size, , , , x, y] = item.transform as [number, number, number, number, number, number]
        return [{ text: item.str, x, y, width: item.width, size }]
      })
      return { width, height, drawn }
    }),
  )
}

/** Where pictures lie; points from the lower left. */
export interface Box {
  left: number
  right: number
  bottom: number
  top: number
}

type Matrix = [number, number, number, number, number, number]

const within = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  ...([a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j] as const),
  ...([a * k + c * l + e, b * k + d * l + f] as const),
]

/** The pictures of each page. */
export async function picturesOn(pdf: Uint8Array): Promise<Box[][]> {
  const { OPS } = await getResolvedPDFJS()
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const numbers = Array.from({ length: document.numPages }, (_, i) => i + 1)
  return Promise.all(
    numbers.map(async (number) => {
      const { fnArray, argsArray } = await (await document.getPage(number)).getOperatorList()
      const [found, kept]: [Box[], Matrix[]] = [[], []]
      let here: Matrix = [1, 0, 0, 1, 0, 0]
      for (const [i, operation] of fnArray.entries()) {
        if (operation === OPS.save) kept.push(here)
        else if (operation === OPS.restore) here = kept.pop() ?? here
        else if (operation === OPS.transform) here = within(here, argsArray[i] as Matrix)
        else if (operation === OPS.paintImageXObject) {
          const [a, , , d, e, f] = here
          const [left, bottom] = [Math.min(e, e + a), Math.min(f, f + d)]
          found.push({ left, bottom, right: left + Math.abs(a), top: bottom + Math.abs(d) })
        }
      }
      return found
    }),
  )
}

/** What screen readers are told of its pictures. */
export async function altsOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(Uint8Array.from(pdf))
  const numbers = Array.from({ length: document.numPages }, (_, i) => i + 1)
  const trees = await Promise.all(numbers.map(async (number) => (await document.getPage(number)).getStructTree()))
  return trees.flatMap((tree) => altsIn(tree))
}

const altsIn = (node: (Node & { alt?: string }) | null): string[] =>
  node ? [...(node.alt ? [node.alt] : []), ...(node.children ?? []).flatMap(altsIn)] : []
