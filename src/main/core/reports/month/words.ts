import { type AlarmKind, driftIn, isDrift, type OtherAlarmKind } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'
import type { Words } from '../words.ts'

export const NONE = '–'

/** How the figures of a month are written in a language. */
export function writingIn({ numbers: { count, fixed, percent }, texts }: Words) {
  const { alarms, casesOf, drift } = texts.month
  const index = (psi: number): string => fixed(psi, 2)
  const ms = (value: number): string => `${fixed(value, value < 10 ? 1 : 0)} ms`
  const gigabytes = (bytes: number): string => `${fixed(bytes / 1e9, bytes < 1e10 ? 1 : 0)} GB`
  const shareText = ({ of, n }: ShareOf): string => (n === 0 ? NONE : percent(of / n))
  const casesText = ({ of, n }: ShareOf): string => casesOf(count(of), count(n))
  const intervalText = ({ low, high }: ShareOf): string =>
    low === null || high === null ? NONE : `${Math.round(100 * low)}–${percent(high)}`
  const ways: Record<OtherAlarmKind, (value: number) => string> = {
    ...{ agreement: percent, missed: percent, unjudged: percent, far: percent },
    ...{ inference: ms, disk: gigabytes },
  }
  return {
    ...{ count, percent, index, ms, gigabytes, shareText, casesText, intervalText },
    /** Without a unit: 1 is the root mean square of the training images. */
    distanceText: (distance: number): string => fixed(distance, 2),
    megabytes: (bytes: number): string => `${count(Math.round(bytes / 1e6))} MB`,
    /** In a table of many. */
    inShort: (share: ShareOf): string =>
      share.n === 0 ? NONE : `${shareText(share)} (${casesText(share)}; ${intervalText(share)})`.replace(' %)', ')'),
    /** What an alarm is about, and how its value and limit are written. */
    alarmWords(kind: AlarmKind): [name: string, write: (value: number) => string] {
      if (!isDrift(kind)) return [alarms.names[kind], (value) => ways[kind](value)]
      const { what, from } = driftIn(kind)
      return [from === 'first' ? alarms.drift(drift.of[what]) : alarms.trained(drift.of[what]), index]
    },
  }
}
