import { Command, Option } from 'commander'
import { SPLIT_NAMES, type SplitName } from '../../shared/dataset.ts'
import { GyrusError } from '../../shared/errors.ts'
import type { PlanProposal } from '../../shared/model-work.ts'
import type { ActivationOutcome } from '../../shared/models.ts'
import { chooseDataDir, forkTaskEngine, modelPlaces, openCore, openLog } from '../compose.ts'
import { dataFolderAt } from '../core/data-folder.ts'
import type { Core } from '../core/index.ts'
import { refusal } from '../core/models/activate.ts'
import { compareModels } from '../core/models/compare.ts'
import { exportModel } from '../core/models/export.ts'
import { exportForTriton } from '../core/models/export-triton.ts'
import { readGate } from '../core/models/gate-file.ts'
import { getModel, listModels } from '../core/models/list.ts'
import type { ModelPlaces } from '../core/models/places.ts'
import { openPlanProposal } from '../core/models/plan.ts'
import type { StoredActivation } from '../store/types.ts'
import { dataCommand } from './data-command.ts'
import { EXIT } from './exit.ts'
import { followOnTerminal } from './follow.ts'
import { addRunCommand } from './models-add-run.ts'
import {
  formatComparison,
  formatDetail,
  formatFindings,
  formatGate,
  formatPlanProposal,
  formatRow,
} from './models-format.ts'
import { readingRecord } from './record.ts'
import { resolveSet } from './resolve-set.ts'
import { ANY_SET } from './set-options.ts'
import { mayRead, whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

interface GateOptions {
  reference?: string
  split?: SplitName
  confirm?: boolean
}

const WHY = 'why, for the record'

export const modelsCommand = () =>
  new Command('models')
    .description('The models that there are here, and which of them is in force.')
    .addCommand(dataCommand('list', 'List all models.').action(list))
    .addCommand(
      dataCommand('show', 'Show one model’s card and history, and read all its files.').argument('<id>').action(show),
    )
    .addCommand(
      dataCommand('import', 'Check a model folder and take it in. It is not in force by that.')
        .argument('<folder>', 'with model.json, card.json, the weights and the golden images')
        .action(importModel),
    )
    .addCommand(addRunCommand())
    .addCommand(
      dataCommand('export', 'Copy a model with its card and a README on how to run it elsewhere.')
        .argument('<id>')
        .argument('<folder>', 'which is not there yet')
        .addOption(
          new Option('--for <server>', 'as a model repository of this server, with how images are prepared').choices([
            'triton',
          ]),
        )
        .addHelpText('after', EXPORT_HELP)
        .action(exportTo),
    )
    .addCommand(
      dataCommand('activate', 'Judge a model by the gate, and put it in force if it passes.')
        .argument('<id>')
        .option('--why <text>', WHY, '')
        .option('--without-reference <why>', 'check golden images and labels only, and say why')
        .addHelpText('after', '\nExit code: 0 it is in force, 2 the gate refused it, 1 could not run.')
        .action(activate),
    )
    .addCommand(
      dataCommand('propose', 'Ask another administrator to put a model in force, where two are needed.')
        .argument('<id>')
        .option('--why <text>', WHY, '')
        .option('--without-reference <why>', 'check golden images and labels only, and say why')
        .action(propose),
    )
    .addCommand(
      dataCommand('confirm', 'Judge what another administrator proposed, and put it in force if it passes.')
        .addHelpText('after', '\nExit code: 0 it is in force, 2 the gate refused it, 1 could not run.')
        .action(confirm),
    )
    .addCommand(
      dataCommand('rollback', 'Put the model before in force again.').option('--why <text>', WHY, '').action(rollback),
    )
    .addCommand(
      dataCommand('compare', 'Two models side by side.')
        .argument('<first>')
        .argument('<second>')
        .option('--set <set>', `on which both are tried: ${ANY_SET}`)
        .action(compare),
    )
    .addCommand(
      dataCommand('gate', 'Show what a model must show before it may be used.')
        .option('--reference <set>', 'lock this labelled set, as it is now, as the one on which models are judged')
        .addOption(new Option('--split <side>', 'only this side of it').choices(SPLIT_NAMES))
        .addOption(
          new Option('--confirm', 'put the change in force that another administrator proposed').conflicts('reference'),
        )
        .action(gate),
    )

async function list(options: Options): Promise<void> {
  const rows = await beside(options, listModels)
  print(options, rows, () => rows.map(formatRow))
}

async function show(id: string, options: Options): Promise<void> {
  const model = await beside(options, (places, stored) => getModel(places, stored, id))
  print(options, model, () => formatDetail(model))
  if (model.failure) process.exitCode = EXIT.someFailed
}

async function importModel(folder: string, options: Options): Promise<void> {
  const found = await withCore(options, 'import', ({ models }, by) => models.register(folder, by))
  print(options, found, () => [
    found.added ? `Took in ${found.id}.` : `${found.id} is here already; nothing was changed.`,
  ])
}

async function exportTo(
  id: string,
  folder: string,
  { for: server, ...options }: Options & { for?: 'triton' },
): Promise<void> {
  const by = await mayRead(options.dataDir, 'models export', 'administer')
  const { folder: data, store, close } = await openLog(chooseDataDir(options.dataDir))
  const parts = { places: modelPlaces(data), store, startEngine: forkTaskEngine }
  const exported =
    server === 'triton'
      ? followOnTerminal((following) => exportForTriton(parts, id, folder, by, following))
      : exportModel(parts, id, folder, by)
  const path = await exported.finally(close)
  print(options, { id, path }, () => [`Exported ${id} to ${path}.`, ...(server === 'triton' ? afterTriton(id) : [])])
}

const EXPORT_HELP = `
A second model joins a repository of Triton as a folder of its own: export it to another place, and move <id> there
beside the first one. See docs/serving.md.`

const afterTriton = (id: string) => [
  `A second model: export it to another folder, and move its folder there beside ${id}.`,
  `${id}/PREPROCESSING.md says how an image is prepared and what Triton does not give: the input gate, cautions, the record.`,
]

async function activate(
  id: string,
  { why, withoutReference, ...options }: Options & { why: string; withoutReference?: string },
): Promise<void> {
  const how = { reason: why, withoutReference: withoutReference ?? null }
  const outcome = await withCore(options, 'activate', ({ models }, by) =>
    followOnTerminal((following) => models.activate(id, { by, ...how }, following)),
  )
  tell(id, outcome, options)
}

async function propose(
  id: string,
  { why, withoutReference, ...options }: Options & { why: string; withoutReference?: string },
): Promise<void> {
  const how = { reason: why, withoutReference: withoutReference ?? null }
  await withCore(options, 'propose', ({ models }, by) => models.propose(id, { by, ...how }))
  print(options, { id }, () => [`Proposed ${id}; another administrator confirms it by “gyrus models confirm”.`])
}

async function confirm(options: Options): Promise<void> {
  const outcome = await withCore(options, 'confirm', async ({ models }, by) => {
    const proposal = await models.proposal()
    if (!proposal) throw new GyrusError('model-not-proposed')
    const which = { id: proposal.modelId, at: proposal.at }
    return followOnTerminal((following) => models.confirm(which, by, following))
  })
  tell('what was proposed', outcome, options)
}

async function rollback({ why, ...options }: Options & { why: string }): Promise<void> {
  const outcome = await withCore(options, 'rollback', ({ models }, by) => models.rollBack({ by, reason: why }))
  tell('the model before', outcome, options)
}

function tell(id: string, outcome: ActivationOutcome, options: Options): void {
  const { activation, gate } = outcome
  const inForce = activation ? [`${activation.modelId} is in force (activation ${activation.id}).`] : []
  print(options, outcome, () => [...formatFindings(gate), ...inForce])
  if (activation) return
  const { message, action, code } = refusal(id, gate).toFailure()
  console.error(`gyrus: ${message} ${action} [${code}]`)
  process.exitCode = EXIT.refused
}

async function compare(first: string, second: string, { set, ...options }: Options & { set?: string }): Promise<void> {
  const path = set === undefined ? null : await resolveSet(set, options.dataDir)
  const comparison = await beside(options, (places, stored) =>
    followOnTerminal((following) =>
      compareModels({ places, stored, startEngine: forkTaskEngine }, [first, second], path, following),
    ),
  )
  print(options, comparison, () => formatComparison(comparison))
}

async function gate({ reference, split, confirm, ...options }: Options & GateOptions): Promise<void> {
  if (confirm) await withCore(options, 'gate', confirmChange)
  else if (reference !== undefined) await lock(reference, split ?? null, options)
  const plan = await readGate(dataFolderAt(chooseDataDir(options.dataDir)))
  const proposal = await proposedPlan(options)
  print(options, { ...plan, proposal }, () => [...formatGate(plan), ...formatPlanProposal(proposal)])
}

async function confirmChange({ models }: Core, by: string): Promise<void> {
  const proposal = await models.planProposal()
  if (!proposal) throw new GyrusError('plan-not-proposed')
  await models.confirmPlan(proposal.at, by)
}

async function lock(reference: string, split: SplitName | null, options: Options): Promise<void> {
  const path = await resolveSet(reference, options.dataDir)
  await withCore(options, 'gate', ({ models }, by) =>
    followOnTerminal((following) => models.lockReference({ path, split }, by, following)),
  )
}

/** What waits for a second administrator, beside a running Gyrus. */
async function proposedPlan({ dataDir }: Options): Promise<PlanProposal | null> {
  await mayRead(dataDir, 'models gate')
  return readingRecord(dataFolderAt(chooseDataDir(dataDir)), async (store) => (store ? openPlanProposal(store) : null))
}

/** Work that changes nothing here, beside a running Gyrus. */
async function beside<T>(
  { dataDir }: Options,
  work: (places: ModelPlaces, stored: StoredActivation[]) => Promise<T>,
): Promise<T> {
  await mayRead(dataDir, 'models')
  const folder = dataFolderAt(chooseDataDir(dataDir))
  return readingRecord(folder, async (store) => work(modelPlaces(folder), (await store?.activations()) ?? []))
}

async function withCore<T>(
  { dataDir }: Options,
  command: string,
  work: (core: Core, by: string) => Promise<T>,
): Promise<T> {
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    return await work(core, await whoMay(core.store, 'administer', `models ${command}`))
  } finally {
    await close()
  }
}

function print({ json }: Options, found: unknown, lines: () => string[]): void {
  console.log(json ? JSON.stringify(found) : lines().join('\n'))
}
