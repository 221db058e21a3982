import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Datasets } from '../datasets/index.ts'
import type { EngineSupervisor } from '../engine-supervisor/index.ts'
import { MachineState } from '../machine.ts'
import type { Models } from '../models/index.ts'
import { requestOnSet, toDetail, toRow } from './on-set.ts'
import type { Searches } from './searches.ts'
import type { TrainingRuns } from './training-runs.ts'
import type { TryOut } from './try-out.ts'

interface Services {
  store: Store
  folder: DataFolder
  engine: EngineSupervisor
  datasets: Datasets
  models: Models
  trainings: TrainingRuns
  tryOut: TryOut
  searches: Searches
}

type Names = Extract<keyof Handlers, `training.${string}` | `search.${string}` | `machine.${string}`>

/** Training runs, and what there is to train on. */
export function trainingHandlers(services: Services): Pick<Handlers, Names> {
  const { store, folder, engine, datasets, models, trainings, tryOut, searches } = services
  const machine = new MachineState()
  return {
    'training.recipes': async () => ({ recipes: await engine.request('recipes', null) }),
    'training.start': async (request, { reader }) => ({ id: await trainings.start(request, reader) }),
    'training.startOnSet': async (asked, { reader }) => ({
      id: await trainings.start(await requestOnSet(datasets.catalogue, asked), reader),
    }),
    'training.list': async () => ({ runs: (await store.listRuns()).map((run) => toRow(run, folder)) }),
    'training.get': async ({ id }) => {
      const [run, live] = await Promise.all([store.getRun(id), trainings.live(id)])
      const here = folder.department === null || folder.department.station === run.station
      return { run: toDetail(run, folder), live, here }
    },
    'training.cancel': async ({ id }, { reader }) => {
      await trainings.cancel(id, reader)
      return {}
    },
    'training.resume': async ({ id }, { reader }) => {
      await trainings.resume(id, reader)
      return {}
    },
    'training.register': async ({ id, model, version }, { reader }) => {
      const options = { id: model, version, about: {}, folds: [], tumours: [], boxes: null }
      return { model: (await models.addRun(id, options, reader)).id }
    },
    'training.estimate': async (asked) => {
      const [request, recipes] = await Promise.all([
        requestOnSet(datasets.catalogue, asked),
        engine.request('recipes', null),
      ])
      const { images } = await datasets.catalogue.find(asked.dataset.name, asked.dataset.version)
      return { estimate: await tryOut.estimate(request, { images, recipes }) }
    },
    'training.probe': async (asked) => tryOut.probe(await requestOnSet(datasets.catalogue, asked)),
    'training.preview': async (asked) => {
      const { png, rows } = await tryOut.preview(await requestOnSet(datasets.catalogue, asked))
      return { png: Buffer.from(png).toString('base64'), rows }
    },
    'training.cancelTryOut': async () => {
      await tryOut.cancel()
      return {}
    },
    'search.start': async ({ training, ...search }, { reader }) => {
      const request = await requestOnSet(datasets.catalogue, training)
      return { id: await searches.start({ request, ...search }, reader) }
    },
    'search.list': async () => ({ searches: await searches.list() }),
    'search.get': ({ id }) => searches.get(id),
    'search.cancel': async ({ id }) => {
      await searches.cancel(id)
      return {}
    },
    'search.resume': async ({ id }, { reader }) => {
      await searches.resume(id, reader)
      return {}
    },
    'machine.status': () => machine.now(),
  }
}
