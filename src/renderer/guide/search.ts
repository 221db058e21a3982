import type { Block, Part, Span } from './types.ts'

/** The words that are looked for, in lower case; one letter alone finds nothing. */
export const termsOf = (query: string): string[] =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term.length > 1)

/** All parts where nothing is looked for, else those that have every word. */
export function found(parts: Part[], terms: string[]): Part[] {
  return parts.filter((part) => {
    const text = textOf(part)
    return terms.every((term) => text.includes(term))
  })
}

/** A text in pieces, every other one a word that is looked for: `['the ', 'heat', ' map']`. */
export function pieces(text: string, terms: string[]): string[] {
  if (terms.length === 0) return [text]
  // The longest first: of “slice” and “slices” the whole word is marked.
  const ordered = [...terms].sort((one, other) => other.length - one.length)
  const either = ordered.map((term) => term.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|')
  return text.split(new RegExp(`(${either})`, 'i'))
}

/** Cells and lines apart, so that no word is found across two. */
function textOf({ title, blocks }: Part): string {
  return [title, ...blocks.flatMap(linesOf)].join('\n').toLowerCase()
}

function linesOf(block: Block): string[] {
  if (block.kind === 'paragraph') return [lineOf(block.spans)]
  if (block.kind === 'list') return block.items.map(lineOf)
  return [block.head, ...block.rows].flat().map(lineOf)
}

const lineOf = (spans: Span[]) => spans.map(({ text }) => text).join('')
