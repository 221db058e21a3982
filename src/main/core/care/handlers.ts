import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Downloads } from '../downloads.ts'
import type { Events } from '../events.ts'
import type { Intake } from '../intake/intake.ts'
import type { Backups } from './backups.ts'
import { zipPatient } from './patient-zip.ts'
import { erasePatient } from './patients.ts'
import { previewPatient } from './preview.ts'
import type { RetentionJob } from './retention-job.ts'

interface Services {
  store: Store
  folder: DataFolder
  events: Events
  intake: Intake
  downloads: Downloads
  backups: Backups
  retention: RetentionJob
}

type Names = Extract<keyof Handlers, `retention.${string}` | `holds.${string}` | `patients.${string}`>

/** How long cases are kept, and all that one patient has. */
export function retentionHandlers(services: Services): Pick<Handlers, Names> {
  const { store, events, downloads, retention } = services
  return {
    'retention.status': () => retention.status(),
    'retention.plan': ({ rules }) => retention.plan(rules),
    'retention.set': async ({ rules }, { reader }) => {
      await retention.set(rules, reader)
      return {}
    },
    'retention.run': async (_, { reader }) => {
      retention.start(reader)
      return {}
    },
    'retention.confirm-clock': async (_, { reader }) => {
      await retention.confirmClock(reader)
      return {}
    },
    'holds.list': async () => ({ holds: await store.listHolds() }),
    'holds.place': async (hold, { reader }) => {
      await store.placeHold({ ...hold, by: reader })
      events.emit({ type: 'retention' })
      return {}
    },
    'holds.lift': async (lift, { reader }) => {
      await store.liftHold({ ...lift, by: reader })
      events.emit({ type: 'retention' })
      return {}
    },
    'patients.find': ({ name }) => previewPatient(store, name),
    'patients.export': async ({ caseIds }, { reader }) => ({
      path: downloads.offer(await zipPatient(services, caseIds, reader)),
    }),
    'patients.erase': (asked, { reader }) => erase(services, asked, reader),
  }
}

/** @throws GyrusError `erase-during-backup`, and what `erasePatient` throws */
async function erase(services: Services, { caseIds, reason }: { caseIds: string[]; reason: string }, by: string) {
  const { events, intake, backups } = services
  if (backups.making) throw new GyrusError('erase-during-backup')
  const settled = () => intake.registered()
  const erased = await erasePatient(services, { patientId: null, caseIds }, { reason, by }, settled)
  for (const id of caseIds) events.emit({ type: 'case', id })
  events.emit({ type: 'retention' })
  return erased
}
