/** Makes of docs/user-guide.md, and of the German one, what the screens show of it. What they could not show ends the build, by its words. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import type { Block, Guide, Part, Span } from '../src/renderer/guide/types.ts'
import type { Language } from '../src/shared/language.ts'

const FILES: Record<Language, string> = { en: 'user-guide.md', de: 'user-guide.de.md' }

/** As it stands in the folder of documents. */
export const guideSource = (language: Language): string =>
  readFileSync(join(dirname(import.meta.dirname), 'docs', FILES[language]), 'utf8')

/**
 * In one language. The parts of each have the names of the English ones, so that screens lead to the same part in all.
 *
 * @throws as `parseGuide`, and where another guide has not the headings of the English one
 */
export function readGuide(language: Language = 'en'): Guide {
  const english = parseGuide(guideSource('en'))
  return language === 'en' ? english : namedAs(english, parseGuide(guideSource(language)))
}

/** The same parts under the names of others, one by one. @throws where their levels are not the same */
export function namedAs(others: Guide, guide: Guide): Guide {
  const strange = Array.from(
    { length: Math.max(others.length, guide.length) },
    (_, i) => [others[i], guide[i]] as const,
  ).find(([other, part]) => other?.level !== part?.level)
  if (strange) throw new Error(`The user guides part at “${strange[0]?.title}” and “${strange[1]?.title}”.`)
  const names = new Map(guide.map(({ id }, i) => [id, others[i]?.id ?? id]))
  const named = (spans: Span[]) =>
    spans.map((span) => (span.to === undefined ? span : { ...span, to: names.get(span.to) ?? span.to }))
  return guide.map((part) => ({
    ...part,
    id: names.get(part.id) ?? part.id,
    blocks: part.blocks.map((block) => withSpans(block, named)),
  }))
}

function withSpans(block: Block, change: (spans: Span[]) => Span[]): Block {
  if (block.kind === 'paragraph') return { ...block, spans: change(block.spans) }
  if (block.kind === 'list') return { ...block, items: block.items.map(change) }
  return { ...block, head: block.head.map(change), rows: block.rows.map((row) => row.map(change)) }
}

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

/** All of a block, in their order. */
export function spansIn(block: Block): Span[] {
  if (block.kind === 'paragraph') return block.spans
  if (block.kind === 'list') return block.items.flat()
  return [block.head, ...block.rows].flat(2)
}

const cannotShow = ({ type, raw }: Token) =>
  new Error(`The app cannot show this ${type} of the user guide: ${raw.trim().slice(0, 80)}`)
