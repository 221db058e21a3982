/** The user guide as `scripts/guide.ts` makes it of docs/user-guide.md: words and what they are, no markup of the document's. */
export interface Span {
  text: string
  strong?: true
  em?: true
  code?: true
  /** The part that it leads to. */
  to?: string
}

export type Block =
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; items: Span[][] }
  | { kind: 'table'; head: Span[][]; rows: Span[][][] }

/** What stands below one heading, up to the next one. */
export interface Part {
  /** The heading's anchor, as on the pages of a repository. */
  id: string
  title: string
  /** 1: the guide itself, 2: for whom, 3: a screen or subject. */
  level: number
  blocks: Block[]
}

export type Guide = Part[]
