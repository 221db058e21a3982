import type { Handlers } from '../caller.ts'
import type { PacsConnections } from './index.ts'

type Names = Extract<keyof Handlers, `pacs.${string}`>

/** What is asked of PACS. */
export const pacsHandlers = (pacs: PacsConnections): Pick<Handlers, Names> => ({
  'pacs.list': async () => ({ pacs: await pacs.list() }),
  'pacs.set': async (change, { reader }) => ({ id: await pacs.set(change, reader) }),
  'pacs.remove': async ({ id }, { reader }) => {
    await pacs.remove(id, reader)
    return {}
  },
  'pacs.test': ({ id }, { reader }) => pacs.test(id, reader),
  'pacs.test-listener': (_, { reader }) => pacs.testListener(reader),
  'pacs.choices': async () => ({ pacs: await pacs.choices() }),
  'pacs.find': ({ pacs: id, query }, { reader }) => pacs.find(id, query, reader),
  'pacs.series': async ({ pacs: id, studyUid }) => ({ series: await pacs.series(id, studyUid) }),
  'pacs.retrieve': async (asked, { reader }) => ({ id: await pacs.retrieve(asked, reader) }),
  'pacs.retrievals': async () => ({ retrievals: pacs.retrievals }),
  'pacs.cancel': async ({ id }) => {
    pacs.cancel(id)
    return {}
  },
})
