import type { PassedOver } from '../../shared/passed-over.ts'
import { passedOverWords } from '../../shared/passed-over-words.ts'

/** Paths that are printed of a kind. */
const PRINTED = 5

/** The last line of `--json`. */
export function passedOverJson(kinds: PassedOver[]): string {
  return JSON.stringify({ status: 'passed-over', files: filesOf(kinds), kinds })
}

export const passedOverHead = (kinds: PassedOver[]): string =>
  `${filesOf(kinds)} passed over: nothing to analyse in them, and no failures.`

/** A line a kind, with the first paths. */
export function passedOverLines(kinds: PassedOver[]): string[] {
  return kinds.map((one) => {
    const { files, paths } = one
    const printed = paths.slice(0, PRINTED)
    const more = files - printed.length
    const named = [...printed, ...(more > 0 && printed.length > 0 ? [`${more} more`] : [])]
    return [`  ${files} ${passedOverWords(one)}`, named.map(printable).join(', ')].filter(Boolean).join(': ')
  })
}

/** No file's name gives a terminal orders. */
const printable = (path: string) => path.replace(/\p{Cc}/gu, '?')

const filesOf = (kinds: PassedOver[]) => kinds.reduce((sum, { files }) => sum + files, 0)
