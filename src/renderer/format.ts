import { fixed, locale } from '../shared/language.ts'
import { moment } from '../shared/moment.ts'

/** How numbers and times are written on every screen. */

let count: Intl.NumberFormat | null = null
/** Made when it is first needed: by then the page’s language is known. */
export const number = (value: number) => {
  count ??= new Intl.NumberFormat(locale())
  return count.format(value)
}

export const plural = (n: number, one: string, many: string) => `${number(n)} ${n === 1 ? one : many}`

export const milliseconds = (ms: number) => `${ms < 10 ? fixed(ms, 1) : Math.round(ms)} ms`

/** Plain words for a time span: "8 s", "3 min", "1 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const seconds = new Intl.DateTimeFormat('en-GB', { second: '2-digit' })

/** `2026-11-20 14:05:09` in the reader's time zone. */
export const instant = (at: string) => `${moment(at)}:${seconds.format(new Date(at)).padStart(2, '0')}`

/** The time of day if that was today, else with the day: where there is room for a few characters only. */
export function shortMoment(instant: string): string {
  const full = moment(instant)
  return full.startsWith(moment(new Date().toISOString()).slice(0, 10)) ? full.slice(11) : full
}

/** A text from a file (its name, what it says about itself) without the controls that turn the order of letters round. */
export const foreign = (text: string) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
