import type { Retried } from './batches.ts'

const count = (n: number) => n.toLocaleString('en-GB')

/** What came of trying again what had failed, in words: how many, how many of them failed again, and why. */
export function retriedWords({ tried, failed, reasons }: Retried): string {
  if (tried === 0) return 'Nothing could be tried again: no copy of what failed was kept. Open its files once more.'
  const again = `${count(tried)} ${tried === 1 ? 'was' : 'were'} tried again, ${failed === 0 ? 'none' : count(failed)} failed again.`
  const why = reasons.map(({ failure, files }) =>
    tried === 1 ? failure.message : `${count(files)} × ${failure.message}`,
  )
  return [again, ...why].join(' ')
}
