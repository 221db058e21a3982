import { fixed, type Language, LOCALES } from '../../../shared/language.ts'

/** How numbers are written on paper. */
export interface Numbers {
  /** `1,234`. */
  count(n: number): string
  fixed(value: number, digits: number): string
  /** `98.6 %`. */
  percent(share: number, digits?: number): string
}

export const numbersIn = (language: Language): Numbers => ({
  count: (n) => n.toLocaleString(LOCALES[language]),
  fixed: (value, digits) => fixed(value, digits, language),
  percent: (share, digits = 0) => `${fixed(100 * share, digits, language)} %`,
})
