import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Events } from '../events.ts'

/** By which rule the work list says what comes first. */
export const urgencyHandlers = ({ store, events }: { store: Store; events: Events }) =>
  ({
    'urgency.get': () => store.urgencyRule(),
    'urgency.set': async (rule, { reader }) => {
      await store.setUrgencyRule(rule, reader)
      events.emit({ type: 'reading' })
      return {}
    },
  }) satisfies Partial<Handlers>
