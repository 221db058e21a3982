import type { ReportOptions } from '../../shared/report.ts'
import { call } from '../client/client.ts'
import { saveFile } from '../shell/save-file.ts'

/** Has the core make a case's report, and saves it. */
export const saveReport = (id: string, options: ReportOptions): Promise<boolean> =>
  saveFile(() => call('cases.report', { id, ...options }), id)
