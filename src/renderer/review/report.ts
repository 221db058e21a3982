import type { ReportOptions } from '../../shared/report.ts'
import { call } from '../client/client.ts'
import { printFile, saveFile } from '../shell/save-file.ts'

/** Has the core make a case's report, and saves it. */
export const saveReport = (id: string, options: ReportOptions): Promise<boolean> =>
  saveFile(() => call('cases.report', { id, ...options }), id)

/** The same to print it; in the turn of the reader's click. */
export const printReport = (id: string, options: ReportOptions): Promise<boolean> =>
  printFile(() => call('cases.report', { id, ...options }), id)
