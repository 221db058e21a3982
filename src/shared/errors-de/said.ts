/** What happened, and what to do; `{name}` as in the English sentences. */
export type Said = readonly [message: string, action: string]
