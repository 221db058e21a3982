import type { MonthlyOptions } from '../../../shared/monthly.ts'
import type { Store } from '../../store/types.ts'
import { inFull } from '../reports/in-full.ts'
import type { ReportFor, Reports } from '../reports/index.ts'
import type { Monitoring } from './index.ts'

interface Services {
  store: Store
  monitoring: Monitoring
  reports: Reports
}

/** Counts a month and makes a PDF of it, which is on record before it is given out. @throws GyrusError `month-to-come` */
export async function makeMonthly(
  { store, monitoring, reports }: Services,
  { month, paper, department }: MonthlyOptions,
  to: ReportFor,
) {
  const counted = await monitoring.month(month)
  const accounts = await store.accounts()
  const fullNames = new Map(accounts.map(({ name, fullName }) => [name, fullName]))
  return reports.ofMonth({ ...counted, department, madeFor: inFull(to.actor, fullNames) }, paper, to)
}
