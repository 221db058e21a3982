import { type AlarmKind, type DriftOf, driftIn, isDrift, type OtherAlarmKind } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'

export const NONE = '–'
export const count = (n: number): string => n.toLocaleString('en-GB')
export const percent = (share: number): string => `${Math.round(100 * share)} %`
export const index = (psi: number): string => psi.toFixed(2)
/** Without a unit: 1 is the root mean square of the training images. */
export const distanceText = (distance: number): string => distance.toFixed(2)
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`
export const megabytes = (bytes: number): string => `${count(Math.round(bytes / 1e6))} MB`

export const shareText = ({ of, n }: ShareOf): string => (n === 0 ? NONE : percent(of / n))
export const casesText = ({ of, n }: ShareOf): string => `${count(of)} of ${count(n)}`
export const intervalText = ({ low, high }: ShareOf): string =>
  low === null || high === null ? NONE : `${Math.round(100 * low)}–${percent(high)}`
/** In a table of many. */
export const inShort = (share: ShareOf): string =>
  share.n === 0 ? NONE : `${shareText(share)} (${casesText(share)}; ${intervalText(share)})`.replace(' %)', ')')

export const DRIFT_NAMES: Record<DriftOf, string> = {
  confidence: 'Confidence in the answer',
  labels: 'Mix of answers',
  size: 'Size of pictures',
  brightness: 'Brightness of the head',
  contrast: 'Contrast of the head',
  sharpness: 'Sharpness of the head',
  noise: 'Noise in the head',
  head: 'Share of the head in the picture',
  distance: 'Distance from the training images',
}

/** What an alarm is about, and how its value and limit are written. */
export function alarmWords(kind: AlarmKind): [name: string, write: (value: number) => string] {
  if (!isDrift(kind)) return ALARM_NAMES[kind]
  const { what, from } = driftIn(kind)
  return [`${from === 'first' ? 'Drift' : 'Unlike training'}: ${DRIFT_NAMES[what].toLowerCase()}`, index]
}

const ALARM_NAMES: Record<OtherAlarmKind, [name: string, write: (value: number) => string]> = {
  agreement: ['Agreement too low', percent],
  missed: ['Missed tumours', percent],
  unjudged: ['Cases not judged', percent],
  far: ['Far from the training images', percent],
  inference: ['Slow inference', ms],
  disk: ['Little room on the disk', gigabytes],
}
