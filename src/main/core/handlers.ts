import type { ParsedInput, RequestName, RequestOutput } from '../../shared/contract.ts'
import { IMAGE_EXTENSIONS } from '../../shared/formats.ts'
import { BANNER } from '../../shared/labels.ts'
import type { Store } from '../store/types.ts'
import type { EngineSupervisor } from './engine-supervisor/index.ts'
import type { Events } from './events.ts'
import { type FoundFile, findFiles } from './intake/find.ts'
import type { Intake, OpenedBy } from './intake/intake.ts'

/** What the handlers work with. */
export interface Services {
  version: string
  store: Store
  engine: EngineSupervisor
  events: Events
  intake: Intake
  /** Paths of the sample scans. */
  samples: () => Promise<string[]>
}

/** Who asks, and through which window. */
export interface Caller {
  /** Name under which verdicts are logged. */
  reader: string
  shell: 'electron' | 'loopback'
}

export type Handlers = {
  [N in RequestName]: (input: ParsedInput<N>, caller: Caller) => Promise<RequestOutput<N>>
}

/** One handler a contract entry; what is more than a line lives in a folder of its own. */
export function createHandlers(services: Services): Handlers {
  const { version, store, engine, events, intake, samples } = services
  return {
    'app.info': async (_, caller) => ({
      version,
      banner: BANNER,
      shell: caller.shell,
      reader: caller.reader,
      samples: (await samples()).length,
      extensions: [...IMAGE_EXTENSIONS],
    }),
    'engine.status': async () => {
      const { state, restarts, failure, model } = engine.status
      const read = { provider: model?.provider ?? null, model: model?.card ?? null }
      return { state, restarts, failure: failure?.toFailure() ?? null, ...read }
    },
    'cases.list': ({ query, offset, limit }) => store.listCases(query, offset, limit),
    'cases.get': ({ id }) => store.getCase(id),
    'cases.place': ({ id, query }) => store.placeOfCase(id, query),
    'cases.facets': () => store.facets(),
    'cases.review': async ({ id, verdict, label, comment }, { reader }) => {
      await store.review({ caseId: id, reader, verdict, label, comment })
      events.emit({ type: 'case', id })
      return store.getCase(id)
    },
    'cases.retry': async ({ id }, { reader }) => {
      const pending = await store.retry(id, reader)
      events.emit({ type: 'case', id })
      void intake.resume([pending])
      return {}
    },
    'cases.dismiss': async ({ id }, { reader }) => {
      await store.dismiss(id, reader)
      events.emit({ type: 'case', id })
      return {}
    },
    'samples.open': async (_, { reader }) => {
      const files = (await samples()).map((path) => ({ path }))
      void openInBackground(intake, files, { actor: reader, source: 'sample' })
      return { files: files.length }
    },
    'scans.open': async ({ paths }, { reader }) => {
      const files: FoundFile[] = []
      for await (const file of findFiles(paths)) files.push(file)
      void openInBackground(intake, files, { actor: reader, source: 'file' })
      return { files: files.length }
    },
    'intake.status': async () => intake.progress.status,
    'intake.cancel': async () => ({ dropped: intake.cancel() }),
    'preferences.get': (_, { reader }) => store.preferencesOf(reader),
    'preferences.set': async (chosen, { reader }) => {
      await store.setPreferences(reader, chosen)
      events.emit({ type: 'preferences' })
      return {}
    },
  }
}

/** The page follows by events; nobody waits for the outcomes here. */
async function openInBackground(intake: Intake, files: FoundFile[], by: OpenedBy): Promise<void> {
  for await (const _ of intake.open(files, by));
}
