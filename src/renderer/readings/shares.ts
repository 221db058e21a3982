import type { ShareOf } from '../../shared/reading-changes.ts'
import { number } from '../format.ts'
import { texts } from '../texts.ts'

const whole = (share: number) => `${Math.round(100 * share)} %`

export const percent = ({ of, n }: ShareOf): string => (n === 0 ? texts.none : whole(of / n))

export const interval = ({ low, high }: ShareOf): string =>
  low === null || high === null ? texts.none : `${Math.round(100 * low)}–${whole(high)}`

/** In a table of many: the number, and how sure its share is. */
export const inShort = (share: ShareOf): string =>
  share.n === 0 ? texts.none : `${number(share.of)} (${interval(share)})`
