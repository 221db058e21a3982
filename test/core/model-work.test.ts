import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { RequestInput, RequestName } from '../../src/shared/contract.ts'
import { DEFAULT_GATE, type Gate } from '../../src/shared/gate.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { READER, signInRole } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { makeModel, nudge, sampleSet, swapLabels } from '../support/models.ts'

const WITHOUT = { reason: 'a test', withoutReference: 'a test' }

let made = ''
beforeAll(async () => {
  const cleanup = new Cleanup()
  made = temporaryFolder(cleanup.add)
  await makeModel(made, 'good-1', { graph: nudge })
  await makeModel(made, 'swapped-1', { graph: swapLabels('glioma', 'meningioma') })
  return cleanup.run
})

async function setUp(ids: string[], gate: Partial<Gate> = {}) {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  for (const id of ids) await core.models.register(join(made, id), READER)
  await core.models.setGate({ ...DEFAULT_GATE, ...gate }, READER)
  return { folder, core, set: sampleSet(join(folder, 'samples')) }
}

const as = async <N extends RequestName>(core: Core, caller: Caller, name: N, input: RequestInput<N>) => {
  const reply = await core.request(name, input, caller)
  return 'failure' in reply ? reply.failure.code : 'ok'
}

const freeze = (core: Core, path: string) =>
  core.datasets.import({ name: 'set', source: { kind: 'files', path, patients: null, map: {} }, by: READER })

const acts = async (core: Core, ...names: string[]) =>
  (await core.store.listAudit({ acts: names, actors: [], subject: '', from: null, until: null, near: null }, null, 100))
    .entries

const ended = async (core: Core) => {
  await expect.poll(() => core.modelWork.status.state, { timeout: 30_000 }).not.toBe('running')
  return core.modelWork.status
}

describe('work on models', { timeout: 60_000 }, () => {
  it('goes one at a time: who comes second is told who works on what', async () => {
    const { core, set } = await setUp(['good-1'])
    const other = await signInRole(core, 'administrator')
    await freeze(core, set)
    await ask(core, 'models.lock-reference', { name: 'set', version: 1, split: null })
    expect(core.modelWork.status).toMatchObject({ state: 'running', kind: 'lock', set: 'set@1', by: READER })
    const reply = await core.request('models.activate', { id: 'good-1', reason: '', withoutReference: 'x' }, other)
    expect(reply).toMatchObject({ failure: { code: 'models-busy', message: expect.stringContaining(READER) } })
    expect(await as(core, other, 'models.judge', { id: 'good-1' })).toBe('models-busy')
    expect(await ended(core)).toMatchObject({ state: 'done', kind: 'lock' })
    expect((await ask(core, 'models.gate', {})).reference).toMatchObject({ images: 12, split: null })
  })

  it('can be cancelled, and leaves all as it was', async () => {
    const { core, set } = await setUp(['good-1'])
    await core.models.lockReference({ path: set, split: null }, READER)
    await ask(core, 'models.judge', { id: 'good-1' })
    await ask(core, 'models.cancel-work', {})
    expect(core.modelWork.status).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } })
    expect(await ask(core, 'models.judgements', {})).toEqual([])
    expect(await ask(core, 'models.activations', {})).toEqual([])
  })

  it('does not do twice what two administrators ask for at the same time', async () => {
    const { core } = await setUp(['good-1', 'swapped-1'])
    const seen = await ask(core, 'models.gate', {})
    await ask(core, 'models.set-gate', { gate: { ...seen, eceCeiling: 0.07 }, seen })
    await expect(ask(core, 'models.set-gate', { gate: { ...seen, eceCeiling: 0.2 }, seen })).rejects.toThrow(
      'models-changed',
    )
    expect((await ask(core, 'models.gate', {})).eceCeiling).toBe(0.07)
    await ask(core, 'models.activate', { id: 'swapped-1', ...WITHOUT })
    const { activation } = await ask(core, 'models.activate', { id: 'good-1', ...WITHOUT })
    const back = { reason: '', standing: activation?.id ?? 0 }
    expect((await ask(core, 'models.rollback', back)).activation?.modelId).toBe('swapped-1')
    await expect(ask(core, 'models.rollback', back)).rejects.toThrow('models-changed')
  })

  it('tries a model at the gate without changing what is in force, and keeps what it found', async () => {
    const { core, set } = await setUp(['swapped-1'])
    await core.models.lockReference({ path: set, split: null }, READER)
    await ask(core, 'models.judge', { id: 'swapped-1' })
    expect(await ended(core)).toMatchObject({ state: 'done', outcome: { activation: null, gate: { passed: false } } })
    const [judged] = await ask(core, 'models.judgements', {})
    expect(judged).toMatchObject({ modelId: 'swapped-1', by: READER, became: 'judged' })
    expect(judged?.gate.reference?.candidate.millisecondsPerImage).toBeGreaterThan(0)
    expect(judged?.gate.reference?.active).toMatchObject({ id: SHIPPED_MODEL, n: 12 })
    expect(await ask(core, 'models.activations', {})).toEqual([])
  })

  it('is begun by sets that are known by name only, and by administrators only', async () => {
    const { core, set } = await setUp(['good-1'])
    const reader = await signInRole(core, 'radiologist')
    const named = { name: '../samples', version: 1 }
    await expect(ask(core, 'models.lock-reference', { ...named, split: null })).rejects.toThrow('dataset-unknown')
    await freeze(core, set)
    const refused = () => acts(core, 'request.refused')
    const before = (await refused()).length
    expect(await as(core, reader, 'models.activate', { id: 'good-1', ...WITHOUT })).toBe('not-allowed')
    expect(await as(core, reader, 'models.comparison', {})).toBe('not-allowed')
    expect(await as(core, reader, 'models.report', {})).toBe('not-allowed')
    const [last] = await refused()
    expect((await refused()).length).toBeGreaterThan(before)
    expect(last?.actor).toBe('the radiologist')
    expect(core.modelWork.status).toEqual({ state: 'idle' })
  })

  it('compares two models on a frozen set, and names what changed by its hash', async () => {
    const { core, set } = await setUp(['swapped-1'])
    await freeze(core, set)
    const which = { first: SHIPPED_MODEL, second: 'swapped-1', dataset: { name: 'set', version: 1 } }
    await ask(core, 'models.compare', which)
    expect(await ended(core)).toMatchObject({ state: 'done' })
    const found = await ask(core, 'models.comparison', {})
    expect(found?.result.changed.spoilt).toBeGreaterThan(4)
    expect(Object.keys(found?.hashes ?? {}).sort()).toEqual(found?.result.images.map(({ file }) => file).sort())
    expect(await acts(core, 'model.compared')).toHaveLength(1)
  })

  it('refuses a model of other labels that was put among the models by hand', async () => {
    const { core } = await setUp(['good-1'])
    const file = join(core.folder.models, 'good-1', 'model.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { labels: string[] }
    writeFileSync(file, JSON.stringify({ ...manifest, labels: [...LABELS].reverse() }))
    await expect(ask(core, 'models.activate', { id: 'good-1', ...WITHOUT })).rejects.toThrow('model-invalid')
    const row = (await ask(core, 'models.list', {})).find(({ id }) => id === 'good-1')
    expect(row?.failure?.message).toContain('labels')
  })
})

describe('two persons', { timeout: 60_000 }, () => {
  it('are needed where the change plan says so', async () => {
    const { core } = await setUp(['good-1'], { twoPersons: true })
    const other = await signInRole(core, 'administrator')
    await expect(ask(core, 'models.activate', { id: 'good-1', ...WITHOUT })).rejects.toThrow('model-needs-second')
    await ask(core, 'models.propose', { id: 'good-1', ...WITHOUT })
    const proposal = await ask(core, 'models.proposal', {})
    expect(proposal).toMatchObject({ modelId: 'good-1', by: READER, reason: 'a test' })
    const which = { id: 'good-1', at: proposal?.at ?? '' }
    await expect(ask(core, 'models.confirm', which)).rejects.toThrow('model-same-person')
    expect(await ask(core, 'models.activations', {})).toEqual([])
    expect(await as(core, other, 'models.confirm', which)).toBe('ok')
    const [activation] = await ask(core, 'models.activations', {})
    expect(activation).toMatchObject({ modelId: 'good-1', by: 'the administrator', gate: { proposed: { by: READER } } })
    expect(await ask(core, 'models.proposal', {})).toBeNull()
    // Rolling back is quick.
    expect((await ask(core, 'models.rollback', { reason: '' })).activation?.modelId).toBe(SHIPPED_MODEL)
  })

  it('confirm only what still is proposed, as it was proposed', async () => {
    const { core } = await setUp(['good-1', 'swapped-1'], { twoPersons: true })
    const other = await signInRole(core, 'administrator')
    const propose = async (id: string) => {
      await ask(core, 'models.propose', { id, ...WITHOUT })
      return { id, at: (await ask(core, 'models.proposal', {}))?.at ?? '' }
    }
    const first = await propose('swapped-1')
    const second = await propose('good-1')
    expect(await as(core, other, 'models.confirm', first)).toBe('model-not-proposed')
    await ask(core, 'models.withdraw', {})
    expect(await as(core, other, 'models.confirm', second)).toBe('model-not-proposed')
    const third = await propose('good-1')
    const file = join(core.folder.models, 'good-1', 'model.onnx')
    writeFileSync(file, readFileSync(file).subarray(1))
    expect(await as(core, other, 'models.confirm', third)).toBe('model-altered')
    await core.models.setGate(DEFAULT_GATE, READER)
    await ask(core, 'models.propose', { id: 'swapped-1', ...WITHOUT })
    const { at } = (await ask(core, 'models.plan-proposal', {})) ?? {}
    expect(await as(core, other, 'models.confirm-plan', { at: at ?? '' })).toBe('ok')
    await expect(ask(core, 'models.propose', { id: 'swapped-1', ...WITHOUT })).rejects.toThrow('model-one-person')
  })

  it('change the plan as well: none of them lowers it, or does without the other, alone', async () => {
    const { core, set } = await setUp([], { twoPersons: true })
    const other = await signInRole(core, 'administrator')
    const strict = { ...DEFAULT_GATE, twoPersons: true }
    expect(await ask(core, 'models.set-gate', { gate: DEFAULT_GATE })).toEqual({ waits: true })
    expect(await ask(core, 'models.gate', {})).toEqual(strict)
    const proposal = await ask(core, 'models.plan-proposal', {})
    expect(proposal).toMatchObject({ by: READER, gate: DEFAULT_GATE })
    const which = { at: proposal?.at ?? '' }
    await expect(ask(core, 'models.confirm-plan', which)).rejects.toThrow('plan-same-person')

    // A set that is locked waits too, in the place of what was proposed before.
    await core.models.lockReference({ path: set, split: null }, READER)
    expect(await as(core, other, 'models.confirm-plan', which)).toBe('plan-not-proposed')
    await ask(core, 'models.withdraw-plan', {})
    expect(await ask(core, 'models.plan-proposal', {})).toBeNull()
    expect(await ask(core, 'models.gate', {})).toEqual(strict)
    await expect(ask(core, 'models.withdraw-plan', {})).rejects.toThrow('plan-not-proposed')

    await ask(core, 'models.set-gate', { gate: DEFAULT_GATE, seen: strict })
    const at = (await ask(core, 'models.plan-proposal', {}))?.at ?? ''
    expect(await as(core, other, 'models.confirm-plan', { at })).toBe('ok')
    expect(await ask(core, 'models.gate', {})).toEqual(DEFAULT_GATE)
    expect(await ask(core, 'models.set-gate', { gate: strict })).toEqual({ waits: false })
    const told = await acts(core, 'gate.proposed', 'gate.withdrawn', 'gate.changed')
    expect(
      told
        .map(({ act }) => act)
        .toReversed()
        .slice(1),
    ).toEqual([
      ...['gate.proposed', 'gate.proposed', 'gate.withdrawn', 'gate.proposed', 'gate.changed', 'gate.changed'],
    ])
  })
})

describe('the shadow run', { timeout: 60_000 }, () => {
  /** Opens the sample scans and has them signed with what they are. */
  async function signSamples(core: Core, set: string) {
    for (const label of LABELS) {
      for (const { caseId } of await openPaths(core, join(set, label))) {
        const { id, result } = await ask(core, 'cases.get', { id: caseId ?? '' })
        const verdict =
          result?.label === label
            ? ({ verdict: 'agree', label: null } as const)
            : ({ verdict: 'disagree', label } as const)
        const { verdicts } = await ask(core, 'cases.review', { id, comment: '', ...verdict })
        await ask(core, 'cases.sign', { id, verdict: verdicts[0]?.id ?? 0 })
      }
    }
  }

  it('holds a model against what readers signed, and says by which cases it fell', async () => {
    const { core, set } = await setUp(['good-1', 'swapped-1'], { shadow: { cases: 12, margin: 0.05 } })
    await signSamples(core, set)
    const refused = await ask(core, 'models.activate', { id: 'swapped-1', ...WITHOUT })
    expect(refused.activation).toBeNull()
    const { shadow } = refused.gate
    expect(shadow).toMatchObject({ n: 12, active: { read: 12 }, candidate: { read: 12 } })
    const [found] = refused.gate.findings.filter(({ passed }) => !passed)
    expect(found).toMatchObject({ criterion: 'shadow', found: shadow?.candidate.share })
    expect(found?.wanted).toBeCloseTo((shadow?.active?.share ?? 0) - 0.05, 10)
    const good = await ask(core, 'models.activate', { id: 'good-1', ...WITHOUT })
    expect(good.activation?.gate.shadow?.candidate).toEqual(good.activation?.gate.shadow?.active)
  })

  it('lets nothing pass where nothing was signed', async () => {
    const { core } = await setUp(['good-1'], { shadow: { cases: 12, margin: 0.05 } })
    const { gate } = await ask(core, 'models.activate', { id: 'good-1', ...WITHOUT })
    expect(gate).toMatchObject({ passed: false, shadow: { n: 0 } })
  })
})
