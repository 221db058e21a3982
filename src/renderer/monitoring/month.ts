import type { MonthlyOptions } from '../../shared/monthly.ts'
import { call } from '../client/client.ts'
import { printFile, saveFile } from '../shell/save-file.ts'

/** Months to choose from, that of today first. */
const MONTHS = 24

/** @param newest `2026-11` */
export function lastMonths(newest: string): string[] {
  const [year, month] = newest.split('-').map(Number) as [number, number]
  return Array.from({ length: MONTHS }, (_, i) => new Date(Date.UTC(year, month - 1 - i, 1)).toISOString().slice(0, 7))
}

/** Has the core make the report of a month, and saves it. */
export const saveMonth = (options: MonthlyOptions): Promise<boolean> =>
  saveFile(() => call('monitoring.monthly', options))

/** The same to print it; in the turn of the reader's click. */
export const printMonth = (options: MonthlyOptions): Promise<boolean> =>
  printFile(() => call('monitoring.monthly', options))
