import {
  DEIDENTIFY_ACT_NAMES,
  type DeidentifiedAttribute,
  type DeidentifyAct,
  type DeidentifyExport,
  PIXEL_WARNINGS,
  type PixelWarning,
} from '../../shared/deidentify.ts'
import { printable } from './cases-format.ts'

export function jsonOfDeidentified(out: string, { copied, refused, attributes }: DeidentifyExport): string {
  const told = refused.map(({ file, failure: { code, message } }) => ({ file, code, message }))
  return JSON.stringify({ out, copied, refused: told, attributes })
}

/** What was done, for people: attributes by what was done to them, warnings with how many files they are about. */
export function formatDeidentified(out: string, { copied, refused, attributes }: DeidentifyExport): string {
  const acts = Object.keys(DEIDENTIFY_ACT_NAMES) as DeidentifyAct[]
  const warnings = Object.keys(PIXEL_WARNINGS) as PixelWarning[]
  return [
    `${files(copied.length)} copied to ${printable(out)}, ${refused.length} refused`,
    ...acts.flatMap((act) => attributesOf(act, attributes)),
    ...warnings.flatMap((warning) => {
      const n = copied.filter((one) => one.warnings.includes(warning)).length
      return n === 0 ? [] : [`Warning, ${files(n)}: ${PIXEL_WARNINGS[warning]}`]
    }),
    ...refused.map(({ file, failure }) => `refused  ${failure.message} [${failure.code}]  ${printable(file)}`),
  ].join('\n')
}

function attributesOf(act: DeidentifyAct, attributes: DeidentifiedAttribute[]): string[] {
  const names = attributes.filter((one) => one.act === act).map(({ tag, keyword }) => keyword || tag)
  return names.length === 0 ? [] : [`${DEIDENTIFY_ACT_NAMES[act]}: ${names.join(', ')}`]
}

const files = (n: number) => (n === 1 ? '1 file' : `${n} files`)
