import { mayDo } from '../../../shared/accounts.ts'
import type { ParsedInput, RequestOutput } from '../../../shared/contract.ts'
import type { secondContract } from '../../../shared/second-contract.ts'
import type { Store } from '../../store/types.ts'
import type { Events } from '../events.ts'
import { changesSeenBy } from './changes.ts'
import type { Reading } from './index.ts'

type SecondRequest = keyof typeof secondContract
type SecondHandlers = {
  [N in SecondRequest]: (input: ParsedInput<N>, caller: { reader: string }) => Promise<RequestOutput<N>>
}

/** Requests about second readings and adjudication. */
export function secondHandlers({
  store,
  events,
  reading,
}: {
  store: Store
  events: Events
  reading: Reading
}): SecondHandlers {
  const changed = (id: string, reader: string) => {
    events.emit({ type: 'case', id })
    return reading.case(id, reader)
  }
  return {
    'cases.mark-second': async ({ id }, { reader }) => {
      await store.markForSecond(id, reader)
      return changed(id, reader)
    },
    'cases.read-second': async ({ id, verdict, label, comment }, { reader }) => {
      await reading.requireShown(id, reader)
      await store.readSecond({ caseId: id, reader, verdict, label, comment })
      return changed(id, reader)
    },
    'cases.adjudicate': async ({ id, over, verdict, label, comment }, { reader }) => {
      await store.adjudicate({ caseId: id, verdictId: over, reader, verdict, label, comment })
      return changed(id, reader)
    },
    'readers.count': async () => {
      const accounts = await store.accounts()
      return { active: accounts.filter(({ active, role }) => active && mayDo(role, 'review')).length }
    },
    'second.get': () => store.secondSettings(),
    'second.set': async (settings, { reader }) => {
      await store.setSecondSettings(settings, reader)
      events.emit({ type: 'reading' })
      return {}
    },
    'readings.changes': (span, { reader }) => changesSeenBy(store, span, reader),
  }
}
