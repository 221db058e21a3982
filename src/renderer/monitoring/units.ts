import { fixed } from '../../shared/language.ts'
import { plural } from '../format.ts'

export const cases = (n: number) => plural(n, 'case', 'cases')
export const percent = (share: number) => `${Math.round(100 * share)} %`
export const gigabytes = (bytes: number) => `${fixed(bytes / 1e9, bytes < 1e10 ? 1 : 0)} GB`
export const index = (psi: number) => fixed(psi, 2)
