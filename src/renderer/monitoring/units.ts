import { plural } from '../format.ts'

export const cases = (n: number) => plural(n, 'case', 'cases')
export const percent = (share: number) => `${Math.round(100 * share)} %`
export const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0)} GB`
export const index = (psi: number) => psi.toFixed(2)
