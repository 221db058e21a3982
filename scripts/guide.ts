/** Makes of docs/user-guide.md what the screens show of it. What they could not show ends the build, by its words. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import type { Block, Guide, Part, Span } from '../src/renderer/guide/types.ts'

export const GUIDE = join(dirname(import.meta.dirname), 'docs', 'user-guide.md')

export const readGuide = (): Guide => parseGuide(readFileSync(GUIDE, 'utf8'))

/**
 * @param markdown begins with a heading
 * @throws where it has something else than headings, paragraphs, lists, tables and plain spans (HTML, pictures), a heading
 *   twice, or a link to a part that is not there
 */
export function parseGuide(markdown: string): Guide {
  const parts: Part[] = []
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') parts.push(partOf(token as Tokens.Heading))
    else if (token.type !== 'space') parts.at(-1)?.blocks.push(blockOf(token))
  }
  check(parts)
  return parts
}

function partOf({ tokens, depth }: Tokens.Heading): Part {
  const title = spansOf(tokens)
    .map(({ text }) => text)
    .join('')
  return { id: anchorOf(title), title, level: depth, blocks: [] }
}

/** As repositories' pages make it. */
const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-')

function blockOf(token: Token): Block {
  if (token.type === 'paragraph') return { kind: 'paragraph', spans: spansOf(token.tokens) }
  if (token.type === 'list') {
    const { ordered, items } = token as Tokens.List
    return { kind: 'list', ordered, items: items.map(itemOf) }
  }
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => spansOf(tokens))
    return { kind: 'table', head: cells(header), rows: rows.map(cells) }
  }
  throw cannotShow(token)
}

/** One line each: no lists within lists. */
function itemOf({ tokens }: Tokens.ListItem): Span[] {
  return tokens.flatMap((token) => {
    if (token.type !== 'text') throw cannotShow(token)
    return spansOf(token.tokens)
  })
}

function spansOf(tokens: Token[] = [], style: Omit<Span, 'text'> = {}): Span[] {
  return tokens.flatMap((token): Span[] => {
    if (token.type === 'text' || token.type === 'escape') return [{ ...style, text: plain(token.text) }]
    if (token.type === 'codespan') return [{ ...style, code: true, text: token.text }]
    if (token.type === 'strong') return spansOf(token.tokens, { ...style, strong: true })
    if (token.type === 'em') return spansOf(token.tokens, { ...style, em: true })
    if (token.type === 'link') return spansOf(token.tokens, { ...style, ...target((token as Tokens.Link).href) })
    throw cannotShow(token)
  })
}

const plain = (text: string) => text.replace(/\s*\n\s*/g, ' ')

/** Other documents do not come with the app: of a link to one its words are left. */
const target = (href: string) => (href.startsWith('#') ? { to: href.slice(1) } : {})

function check(parts: Part[]): void {
  const ids = parts.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new Error(`The user guide has two headings “${twice}”; each needs one of its own.`)
  const spans = parts.flatMap(({ blocks }) => blocks.flatMap(spansIn))
  const lost = spans.find(({ to }) => to !== undefined && !ids.includes(to))
  if (lost) throw new Error(`The user guide has a link to #${lost.to}, and no such heading.`)
}

function spansIn(block: Block): Span[] {
  if (block.kind === 'paragraph') return block.spans
  if (block.kind === 'list') return block.items.flat()
  return [block.head, ...block.rows].flat(2)
}

const cannotShow = ({ type, raw }: Token) =>
  new Error(`The app cannot show this ${type} of the user guide: ${raw.trim().slice(0, 80)}`)
