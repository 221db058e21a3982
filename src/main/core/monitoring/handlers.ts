import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Reports } from '../reports/index.ts'
import type { Monitoring } from './index.ts'
import { makeMonthly } from './make-monthly.ts'

interface Services {
  store: Store
  monitoring: Monitoring
  reports: Reports
}
type Names = Extract<keyof Handlers, `monitoring.${string}`>

/** How the model does in use. */
export function monitoringHandlers(services: Services): Pick<Handlers, Names> {
  const { monitoring } = services
  return {
    'monitoring.status': () => monitoring.status(),
    'monitoring.report': (query) => monitoring.report(query),
    'monitoring.counting': async () => monitoring.counting,
    'monitoring.monthly': async (asked, { reader, shell }) => {
      const way = shell === 'electron' ? 'to be saved from the app' : 'as a download'
      const { pdf, ...report } = await makeMonthly(services, asked, { actor: reader, way, language: null })
      return { ...report, pdf: pdf.toString('base64') }
    },
    'monitoring.limits': () => monitoring.limits(),
    'monitoring.set-limits': async (limits, { reader }) => {
      await monitoring.setLimits(limits, reader)
      return {}
    },
  }
}
