import type { Evaluated } from '../../../shared/evaluate-set.ts'
import { measuredOf } from '../../../shared/measured.ts'
import type { ModelTask, ShownComparison, WorkKind } from '../../../shared/model-work.ts'
import type { ActivationOutcome } from '../../../shared/models.ts'
import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Datasets } from '../datasets/index.ts'
import type { Manifests } from '../datasets/manifests.ts'
import type { Downloads } from '../downloads.ts'
import type { Models } from './index.ts'
import { withPictures } from './pictures.ts'
import type { ModelWork } from './work.ts'

interface Services {
  store: Store
  models: Models
  modelWork: ModelWork
  datasets: Datasets
  datasetManifests: Manifests
  downloads: Downloads
}

type Names = Extract<keyof Handlers, `models.${string}`>
type SetName = { name: string; version: number }

const setName = ({ name, version }: SetName) => `${name}@${version}`
const task = (kind: WorkKind, by: string, models: string[], set: string | null = null): ModelTask => ({
  kind,
  models,
  set,
  by,
})
const same = (outcome: ActivationOutcome) => outcome

/** Requests about models. */
export function modelHandlers({
  store,
  models,
  modelWork,
  datasets,
  datasetManifests,
  downloads,
}: Services): Pick<Handlers, Names> {
  let comparison: ShownComparison | null = null
  let evaluated: { id: string; set: string; html: string } | null = null

  /** A version of a frozen set as it was frozen. @throws GyrusError `dataset-unknown`, `dataset-altered` */
  async function frozen({ name, version }: SetName) {
    const entry = await datasets.catalogue.find(name, version)
    return { path: await datasets.catalogue.ready(entry), manifest: await datasets.catalogue.read(entry) }
  }

  return {
    'models.list': () => models.list(),
    'models.get': ({ id }) => models.get(id),
    'models.results': () => models.results(),
    'models.activations': () => models.activations(),
    'models.judgements': () => models.judgements(),
    'models.gate': () => models.gate(),
    'models.set-gate': async ({ gate, seen }, { reader }) => {
      const { waits } = await models.setGate(gate, reader, seen)
      return { waits }
    },
    'models.plan-proposal': () => models.planProposal(),
    'models.withdraw-plan': async (_, { reader }) => {
      await models.withdrawPlan(reader)
      return {}
    },
    'models.confirm-plan': async ({ at }, { reader }) => {
      await models.confirmPlan(at, reader)
      return {}
    },
    'models.lock-reference': async ({ split, ...set }, { reader: by }) => {
      const { path } = await frozen(set)
      modelWork.start(task('lock', by, [], setName(set)), (following) =>
        models.lockReference({ path, split }, by, following),
      )
      return {}
    },
    'models.judge': async ({ id }, { reader: by }) => {
      const outcome = (gate: ActivationOutcome['gate']) => ({ activation: null, gate })
      modelWork.start(task('judge', by, [id]), (following) => models.judge(id, by, following), outcome)
      return {}
    },
    'models.activate': ({ id, ...options }, { reader: by }) =>
      modelWork.run(
        task('activate', by, [id]),
        (following) => models.activate(id, { by, ...options }, following),
        same,
      ),
    'models.propose': async ({ id, ...options }, { reader: by }) => {
      await models.propose(id, { by, ...options })
      return {}
    },
    'models.proposal': () => models.proposal(),
    'models.withdraw': async (_, { reader }) => {
      await models.withdraw(reader)
      return {}
    },
    'models.confirm': (which, { reader: by }) =>
      modelWork.run(task('activate', by, [which.id]), (following) => models.confirm(which, by, following), same),
    'models.rollback': (how, { reader: by }) =>
      modelWork.run(task('roll-back', by, []), (following) => models.rollBack({ by, ...how }, following), same),
    'models.compare': async ({ first, second, dataset: set }, { reader: by }) => {
      const { path, manifest } = await frozen(set)
      const at = new Date().toISOString()
      modelWork.start(task('compare', by, [first, second], setName(set)), async (following) => {
        const { set: result } = await models.compare([first, second], path, following)
        if (!result) return
        const changed = new Set(result.images.map(({ file }) => file))
        const hashed = manifest.images.filter(({ file }) => changed.has(file))
        const hashes = Object.fromEntries(hashed.map(({ file, sha256 }) => [file, sha256]))
        const detail = { first, second, set: setName(set), changed: result.changed }
        await store.log({ actor: by, act: 'model.compared', subject: second, detail })
        comparison = { first, second, set: setName(set), by, at, result, hashes }
      })
      return {}
    },
    'models.comparison': async () => comparison,
    'models.evaluate': async ({ id, dataset: set }, { reader: by }) => {
      const { path } = await frozen(set)
      modelWork.start(task('evaluate', by, [id], setName(set)), async (following) => {
        const found: Evaluated = await models.evaluate(id, path, following)
        await models.evaluations.keep(measuredOf(found), { model: id, set: setName(set), by })
        evaluated = { id, set: setName(set), html: found.html ?? '' }
      })
      return {}
    },
    'models.report': async () => {
      if (!evaluated) return { path: null }
      const { id, set, html } = evaluated
      const fileName = `gyrus-${id}-${set.replace('@', '-v')}.html`
      return { path: downloads.offer({ fileName, mediaType: 'text/html; charset=utf-8', content: text(html) }) }
    },
    'models.evaluations': ({ id }) => models.evaluations.of(id),
    'models.evaluation': ({ id, evaluation }) => models.evaluations.get(id, evaluation),
    'models.evaluated-images': async ({ id, evaluation, column, query, offset, limit }) => {
      const { images, ...measuredOn } = await models.evaluations.images(id, evaluation, column, query)
      const shown = images.slice(offset, offset + limit)
      return { total: images.length, ...(await withPictures(shown, measuredOn, datasets.catalogue, datasetManifests)) }
    },
    'models.work': async () => modelWork.status,
    'models.cancel-work': async () => {
      await modelWork.cancel()
      return {}
    },
  }
}

async function* text(content: string): AsyncGenerator<string> {
  yield content
}
