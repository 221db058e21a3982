import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Emit } from '../events.ts'
import type { Sendings } from './index.ts'

/** More fit on no screen. */
const SHOWN = 100

type Names = Extract<keyof Handlers, 'cases.send' | `sending.${string}` | `sendings.${string}`>

interface Parts {
  store: Store
  sendings: Sendings
  events: { emit: Emit }
}

/** Results on their way to a PACS. */
export const sendingHandlers = ({ store, sendings, events }: Parts): Pick<Handlers, Names> => ({
  'cases.send': async ({ id, pacs }, { reader }) => ({ id: await sendings.ask(id, pacs, reader) }),
  'sendings.of-case': async ({ id }) => ({ sendings: await store.sendingsOf(id) }),
  'sendings.count': () => store.sendingCounts(),
  'sendings.failing': async () => ({ sendings: await store.failingSendings(SHOWN) }),
  'sendings.retry': async ({ id }, { reader }) => {
    await sendings.retry(id, reader)
    return {}
  },
  'sendings.give-up': async ({ id }, { reader }) => {
    await sendings.giveUp(id, reader)
    return {}
  },
  'sending.get': async () => ({ to: await store.sendTo() }),
  'sending.set': async ({ to }, { reader }) => {
    await store.setSendTo(to, reader)
    events.emit({ type: 'sendings' })
    return {}
  },
})
