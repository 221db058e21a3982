/** Whole sentences that come as they are, from the core or from the checks of a form, in the page's language; by the English one. */
const others = new Map<string, string>()

export function tellSentences(sentences: Readonly<Record<string, string>>): void {
  for (const [english, other] of Object.entries(sentences)) others.set(english, other)
}

/** One that is not known stays as it came. */
export const sentence = (english: string): string => others.get(english) ?? english
