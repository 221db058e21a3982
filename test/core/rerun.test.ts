import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { SAME_WITHIN } from '../../src/shared/timeline.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'
import { makeModel, swapLabels } from '../support/models.ts'

const OTHER = 'swapped-1'
const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

async function oneCase() {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  const { core, close } = await openTestCore(dataDir)
  const [outcome] = await openPaths(core, await writePicture(folder, 'slice.png'))
  const id = outcome?.caseId ?? ''
  const results = () => {
    const sqlite = new SQLite(core.folder.database, { readonly: true })
    const rows = sqlite.prepare('select id, supersedes, model_id from results order by id').all()
    sqlite.close()
    return rows
  }
  return { core, close, folder, dataDir, id, results }
}

/** Puts a model in force that calls glioma meningioma and the other way round. */
async function activateOther(core: Core, folder: string): Promise<void> {
  await core.models.register(await makeModel(folder, OTHER, { graph: swapLabels('glioma', 'meningioma') }), READER)
  const { activation } = await core.models.activate(OTHER, { by: READER, reason: 'a test', withoutReference: 'a test' })
  expect(activation).not.toBeNull()
}

const actsOf = async (core: Core, id: string) =>
  (await ask(core, 'cases.timeline', { id })).entries.map(({ act }) => act)

it('the same model gives the same answer; that is logged, and no result is added', async () => {
  const { core, id, results } = await oneCase()
  const rerun = await ask(core, 'cases.rerun', { id })
  expect(rerun).toMatchObject({ modelId: SHIPPED_MODEL, same: true, differences: [] })
  for (const label of LABELS)
    expect(Math.abs((rerun.now?.[label] ?? 9) - rerun.before[label])).toBeLessThan(SAME_WITHIN)
  expect(results()).toHaveLength(1)
  expect(await actsOf(core, id)).toEqual(['case.received', 'case.analysed', 'case.rerun'])
  await expect(ask(core, 'cases.rerun-active', { id })).rejects.toThrow('case-model-active')
  expect(results()).toHaveLength(1)
}, 60_000)

it('the active model’s answer supersedes, an earlier verdict is told as such, and the earlier model still answers', async () => {
  const { core, id, folder, results } = await oneCase()
  const before = await ask(core, 'cases.get', { id })
  await ask(core, 'cases.review', { id, verdict: 'agree', comment: 'clear' })
  const row = async () => (await ask(core, 'cases.list', { query: {} })).rows[0]
  expect(await row()).toMatchObject({ verdict: 'agree', onEarlierAnswer: false })
  await activateOther(core, folder)
  // It is not what the engine reads with any more.
  expect(await ask(core, 'cases.rerun', { id })).toMatchObject({ modelId: SHIPPED_MODEL, same: true })

  const after = await ask(core, 'cases.rerun-active', { id })
  expect(after).toMatchObject({ state: 'reviewed', verdict: 'agree', modelId: OTHER, onEarlierAnswer: true })
  expect(await row()).toMatchObject({ verdict: 'agree', modelId: OTHER, onEarlierAnswer: true })
  expect(after.result?.confidences.glioma).toBeCloseTo(before.result?.confidences.meningioma ?? 9, 4)
  expect(after.verdicts[0]?.resultId).toBe(before.result?.id)
  expect(results()).toEqual([
    { id: 1, supersedes: null, model_id: SHIPPED_MODEL },
    { id: 2, supersedes: 1, model_id: OTHER },
  ])
  expect((await core.store.listCases(caseQuerySchema.parse({ models: [OTHER] }), 0, 1)).total).toBe(1)
  const { entries } = await ask(core, 'cases.timeline', { id })
  expect(
    entries.map(({ act, result, verdict }) => [act, result?.modelId, result?.superseded, verdict?.onEarlierResult]),
  ).toEqual([
    ['case.received', undefined, undefined, undefined],
    ['case.analysed', SHIPPED_MODEL, true, undefined],
    ['case.opened', undefined, undefined, undefined],
    ['case.reviewed', undefined, undefined, true],
    ['case.rerun', undefined, undefined, undefined],
    ['case.analysed-again', OTHER, false, undefined],
  ])
  expect(entries.find(({ verdict }) => verdict)?.verdict).toMatchObject({ comment: 'clear', superseded: false })
  expect(entries.every(({ actor, act }) => actor === (act === 'case.analysed' ? 'gyrus' : READER))).toBe(true)
  expect((await core.store.verifyRecord({})).broken).toBeNull()
}, 120_000)

it('says what differs: a model that is gone, one that was replaced, numbers', async () => {
  const { core, id, folder, results } = await oneCase()
  await activateOther(core, folder)
  await ask(core, 'cases.rerun-active', { id })
  await core.models.rollBack({ by: READER, reason: 'a test' })
  const dir = join(core.folder.root, 'models', OTHER)
  await makeModel(join(core.folder.root, 'models'), OTHER)
  expect(await ask(core, 'cases.rerun', { id })).toMatchObject({
    same: false,
    now: null,
    differences: [{ what: 'weights' }],
  })
  rmSync(dir, { recursive: true })
  const gone = await ask(core, 'cases.rerun', { id })
  expect(gone).toMatchObject({
    same: false,
    now: null,
    differences: [{ what: 'model', failure: { code: 'model-unknown' } }],
  })
  expect(results()).toHaveLength(2)
}, 120_000)

it('tells other numbers, engine and preprocessing; by the code on the command line', async () => {
  const { core, close, id, dataDir } = await oneCase()
  const { database } = core.folder
  await close()
  const sqlite = new SQLite(database)
  sqlite.exec(`drop trigger results_no_update;
    update results set p_glioma = p_glioma + 0.001, engine = 'abacus 1', preprocessing_version = '0'`)
  sqlite.close()
  const gyrus = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'cases', 'rerun', ...args, '--data-dir', dataDir], { encoding: 'utf8' })
  const { stdout, status } = gyrus(id.slice(0, 8), '--json')
  const rerun = JSON.parse(stdout)
  expect(rerun).toMatchObject({ same: false })
  expect(rerun.differences.map(({ what }: { what: string }) => what)).toEqual([
    'preprocessing',
    'engine',
    'confidences',
  ])
  expect(rerun.differences[2].by).toBeCloseTo(0.001, 5)
  expect(status).toBe(2)
  expect(gyrus(id).stdout).toContain('differs: the probabilities, by up to 0.0010')
  expect(gyrus('00000000').stderr).toContain('[case-unknown]')
}, 120_000)

it('refuses what was never answered, and a copy that was changed', async () => {
  const { core, id, folder } = await oneCase()
  writeFileSync(join(folder, 'text.png'), 'no image')
  const [failed] = await openPaths(core, join(folder, 'text.png'))
  for (const name of ['cases.rerun', 'cases.rerun-active'] as const) {
    await expect(ask(core, name, { id: failed?.caseId ?? '' })).rejects.toThrow('case-not-rerunnable')
    await expect(ask(core, name, { id: '01890000-0000-7000-8000-000000000000' })).rejects.toThrow('case-unknown')
  }
  const { scan } = await core.store.getCase(id)
  const sha256 = scan?.sha256 ?? ''
  writeFileSync(join(core.folder.root, 'scans', sha256.slice(0, 2), sha256), 'changed')
  await expect(ask(core, 'cases.rerun', { id })).rejects.toThrow('scan-altered')
}, 60_000)
