import type { AlarmKind, DriftOf } from '../../../../shared/monitoring.ts'
import type { ShareOf } from '../../../../shared/reading-changes.ts'

export const NONE = '–'
export const count = (n: number): string => n.toLocaleString('en-GB')
export const percent = (share: number): string => `${Math.round(100 * share)} %`
export const index = (psi: number): string => psi.toFixed(2)
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
}

/** What an alarm is about, and how its value and limit are written. */
export const ALARM_NAMES: Record<AlarmKind, [name: string, write: (value: number) => string]> = {
  agreement: ['Agreement too low', percent],
  missed: ['Missed tumours', percent],
  'drift-confidence': ['Drift: confidence', index],
  'drift-labels': ['Drift: mix of answers', index],
  'drift-size': ['Drift: size of pictures', index],
  'drift-brightness': ['Drift: brightness', index],
  'drift-contrast': ['Drift: contrast', index],
  'drift-sharpness': ['Drift: sharpness', index],
  'drift-noise': ['Drift: noise', index],
  'drift-head': ['Drift: share of the head', index],
  inference: ['Slow inference', ms],
  disk: ['Little room on the disk', gigabytes],
}
