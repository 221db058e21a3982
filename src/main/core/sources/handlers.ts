import type { Handlers } from '../caller.ts'
import type { Sources } from './index.ts'

type Names = Extract<keyof Handlers, `sources.${string}`>

/** Where scans come from by themselves. */
export const sourceHandlers = (sources: Sources): Pick<Handlers, Names> => ({
  'sources.list': () => sources.list(),
  'sources.set-listener': async ({ key, ...settings }, { reader }) => {
    await sources.setListener(settings, reader, key)
    return {}
  },
  'sources.add-folder': async (settings, { reader }) => {
    await sources.addFolder(settings, reader)
    return {}
  },
  'sources.set-folder': async ({ id, ...change }, { reader }) => {
    await sources.setFolder(id, change, reader)
    return {}
  },
  'sources.set-rule': async ({ id, rule }, { reader }) => {
    await sources.setRule(id, rule, reader)
    return {}
  },
  'sources.remove-folder': async ({ id }, { reader }) => {
    await sources.removeFolder(id, reader)
    return {}
  },
})
