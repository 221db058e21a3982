import type { Page } from './markdown.ts'

/** A piece of code in a page: a line of a block (with those that go on after `\`), or what stands in backticks. */
export interface Piece {
  text: string
  line: number
}

const BLOCK = /^\s*```/
const INDENTED = /^ {4}\S/

/** All code of a page, in its order. */
export function codeOf({ text }: Page): Piece[] {
  const pieces: Piece[] = []
  let fenced = false
  let before: Piece | null = null
  for (const [at, line] of text.split('\n').entries()) {
    if (BLOCK.test(line)) {
      fenced = !fenced
      continue
    }
    if (!fenced && !INDENTED.test(line)) {
      pieces.push(...[...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ text: code, line: at + 1 })))
      continue
    }
    if (before) before.text += ` ${line.trim()}`
    else pieces.push({ text: line.trim(), line: at + 1 })
    const last: Piece | undefined = before ?? pieces.at(-1)
    before = last?.text.endsWith('\\') ? last : null
    if (before) before.text = before.text.slice(0, -1).trim()
  }
  return pieces
}

/** Words of a command line: quotes hold together; a comment ends it, and so do pipes and `;` by themselves. */
export function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const [word] of line.matchAll(/(?:"[^"]*"|'[^']*'|<[^>]*>|[^\s"'<])+/g)) {
    if (/^(#|\|$|;$|&&$|>)/.test(word)) break
    words.push(word.replace(/;$/, '').replace(/["']/g, ''))
    if (word.endsWith(';')) break
  }
  return words
}
