import type { Translated } from '../../../shared/language.ts'
import { batchTexts } from './batch/texts.ts'
import { caseTexts } from './case/texts.ts'
import { monthTexts } from './month/texts.ts'

/** What stands on every kind of report. */
const common = {
  page: (n: number, all: string) => `Page ${n} of ${all}`,
  made: (version: string, by: string, at: string, zone: string) =>
    `Made by Gyrus ${version} for ${by}, ${at}; times are local (${zone}).`,
  replaced: (listed: string) =>
    `\ufffd stands for characters that this report cannot print (${listed}); Gyrus shows them.`,
  andMore: (n: number) => ` and ${n} more`,
  qrCode: (text: string) => `QR code: ${text}`,
}

/** What reports say in English; what screens say, too, stands in `src/shared`. */
export const texts = { common, case: caseTexts, batch: batchTexts, month: monthTexts }
export type Texts = Translated<typeof texts>
