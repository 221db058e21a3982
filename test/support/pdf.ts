import { extractText, getDocumentProxy, getMeta } from 'unpdf'

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
