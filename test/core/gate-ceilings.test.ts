import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Core } from '../../src/main/core/index.ts'
import type { Graph } from '../../src/main/engine/onnx/graph.ts'
import { SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { Gate } from '../../src/shared/gate.ts'
import { LABELS } from '../../src/shared/labels.ts'
import { READER } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { openTestCore } from '../support/core.ts'
import { makeModel, sampleSet } from '../support/models.ts'

const cleanup = new Cleanup()
let core: Core
let reference: Gate['reference']

/** Asks for nothing, so that each test asks for one thing. */
const OPEN: Omit<Gate, 'reference'> = {
  macroRecallMargin: 1,
  recallFloor: { glioma: 0, meningioma: 0, notumor: 0, pituitary: 0 },
  eceCeiling: 1,
  tumourCalledNoneCeiling: 1,
}

beforeAll(async () => {
  const folder = temporaryFolder(cleanup.add)
  core = (await openTestCore(join(folder, 'data'), {}, cleanup.add)).core
  const unsure = await makeModel(folder, 'unsure-1', {
    manifest: (manifest) => Object.assign(manifest, { temperature: 5 }),
  })
  const blind = await makeModel(folder, 'blind-1', { graph: callNone })
  for (const dir of [unsure, blind]) await core.models.register(dir, READER)
  const source = { path: sampleSet(join(folder, 'set')), split: null }
  reference = (await core.models.lockReference(source, READER)).gate.reference
  return cleanup.run
}, 60_000)

/** Tips the balance towards “no tumour” by far. */
function callNone({ initialisers }: Graph): void {
  const bias = initialisers.get('head.bias')
  if (bias?.type !== 'float32') throw new Error('the network has no head.bias')
  const none = LABELS.indexOf('notumor')
  bias.data[none] = (bias.data[none] as number) + 8
}

async function judge(id: string, asked: Partial<Gate>) {
  await core.models.setGate({ ...OPEN, ...asked, reference }, READER)
  const { activation, gate } = await core.models.activate(id, { by: READER, reason: '', withoutReference: null })
  const failed = gate.findings.filter(({ passed }) => !passed)
  return { activation, gate, failed: failed.map(({ criterion, wanted, found }) => ({ criterion, wanted, found })) }
}

const activeId = async () => (await core.models.list()).find(({ active }) => active)?.id

it.each([
  ['a calibration error above the ceiling', 'unsure-1', 'ece', 'eceCeiling', 'ece'],
  [
    'tumours called “no tumour” above the ceiling',
    'blind-1',
    'tumour-called-none',
    'tumourCalledNoneCeiling',
    'tumourCalledNone',
  ],
] as const)(
  'the gate refuses %s, by that alone, and not at it',
  async (_, id, criterion, ceiling, figure) => {
    const { activation, gate, failed } = await judge(id, { [ceiling]: 0.05 })
    const found = gate.reference?.candidate[figure] as number
    expect(found).toBeGreaterThan(0.05)
    expect(failed).toEqual([{ criterion, wanted: 0.05, found }])
    expect(activation).toBeNull()
    expect(await activeId()).toBe(SHIPPED_MODEL)
    const passed = await judge(id, { [ceiling]: found })
    expect(passed.failed).toEqual([])
    expect(await activeId()).toBe(id)
    await core.models.rollBack({ by: READER, reason: '' })
    expect(await activeId()).toBe(SHIPPED_MODEL)
  },
  60_000,
)
