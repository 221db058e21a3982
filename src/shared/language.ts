/** Languages of screens and PDF reports. What else the core writes (record, logs, command line, JSON) stays English. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** Each in itself: who looks for theirs may not read the one on the screen. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** By which numbers and times are written, and a document says what it is in. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }

let spoken: Language = 'en'

/** That of this page; English in the core. */
export const language = (): Language => spoken
export const locale = (): string => LOCALES[spoken]

/** Before anything that shows words is loaded: texts do not change under a page. */
export function speak(chosen: Language): void {
  spoken = chosen
}

/** The first of a browser's or system's languages (`de-AT`) that the screens have; English where there is none. */
export function firstKnown(wanted: readonly string[]): Language {
  const codes = wanted.map((tag) => tag.toLowerCase().split('-')[0])
  return codes.flatMap((code) => LANGUAGES.filter((known) => known === code))[0] ?? 'en'
}

/** `toFixed`, with the decimal sign of the language: the page's, or another one; what is rounded to nothing has no sign. */
export function fixed(value: number, digits: number, of = spoken): string {
  const text = value.toFixed(digits)
  return decimals(Number(text) === 0 ? text.replace('-', '') : text, of)
}

/** A difference: `+0.31`, `−0.02`, and `0.00` where nothing is left of it. */
export function signed(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits))
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : ''
  return `${sign}${fixed(Math.abs(value), digits)}`
}

/** A number that was written with a point. */
export const decimals = (written: string, of = spoken): string => (of === 'de' ? written.replace('.', ',') : written)

/** Texts of the same shape in another language: each text, and each function that makes one, has its own. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer A) => infer R
    ? (...values: A) => Translated<R>
    : T extends object
      ? { [K in keyof T]: Translated<T[K]> }
      : T

/** Puts other texts in the place of those of an object. */
export function overlay<T extends object>(texts: T, others: Translated<T>): void {
  for (const [name, other] of Object.entries(others)) {
    const text = (texts as Record<string, unknown>)[name]
    if (typeof other === 'object' && other !== null) overlay(text as object, other)
    else Object.assign(texts, { [name]: other })
  }
}
