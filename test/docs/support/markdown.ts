import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

export interface Page {
  /** From the repository's root. */
  path: string
  text: string
}

export const readPage = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })

/** What people read: README, how to contribute, change log, and all of docs/. */
export const readPages = (): Page[] => {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)].map(readPage)
}

/** Cells of all rows of tables below a heading, up to the next heading; without heads and rules. */
export function tableBelow({ text }: Page, heading: string): string[][] {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  if (from < 0) throw new Error(`no heading “${heading}”`)
  const rest = lines.slice(from + 1)
  const end = rest.findIndex((line) => /^#+ /.test(line))
  const section = end < 0 ? rest : rest.slice(0, end)
  const isRule = (line: string | undefined) => line !== undefined && /^\|[-| :]+\|$/.test(line)
  return section
    .filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(section[at + 1]))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}
