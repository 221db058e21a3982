import type { Retried } from './batches.ts'
import { locale } from './language.ts'

const count = (n: number) => n.toLocaleString(locale())

export const RETRIED_WORDS = {
  nothing: 'Nothing could be tried again: no copy of what failed was kept. Open its files once more.',
  again: (tried: number, failed: number) =>
    `${count(tried)} ${tried === 1 ? 'was' : 'were'} tried again, ${failed === 0 ? 'none' : count(failed)} failed again.`,
}

/** What came of trying again what had failed, in words: how many, how many of them failed again, and why. */
export function retriedWords({ tried, failed, reasons }: Retried): string {
  if (tried === 0) return RETRIED_WORDS.nothing
  const again = RETRIED_WORDS.again(tried, failed)
  const why = reasons.map(({ failure, files }) =>
    tried === 1 ? failure.message : `${count(files)} × ${failure.message}`,
  )
  return [again, ...why].join(' ')
}
