import type { Page } from './markdown.ts'

export interface Link {
  /** As it stands there. */
  target: string
  line: number
}

const withoutFences = (text: string): string[] => {
  let fenced = false
  return text.split('\n').map((line) => {
    if (/^\s*```/.test(line)) {
      fenced = !fenced
      return ''
    }
    return fenced ? '' : line
  })
}

/** Links and pictures outside of code. */
export const linksOf = ({ text }: Page): Link[] =>
  withoutFences(text).flatMap((line, at) => {
    const prose = line.replace(/`[^`]*`/g, '')
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ target, line: at + 1 }))
  })

/** Anchors of a page's headings, as GitHub makes them; of headings alike the later ones with a number. */
export function anchorsOf({ text }: Page): Set<string> {
  const anchors = new Set<string>()
  for (const line of withoutFences(text)) {
    const heading = /^#{1,6} +(.*?) *#*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const plain = slugOf(heading)
    let anchor = plain
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${plain}-${number}`
    anchors.add(anchor)
  }
  return anchors
}

const slugOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replace(/ /g, '-')
