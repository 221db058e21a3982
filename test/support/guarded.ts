import { v7 as uuidv7 } from 'uuid'
import type { FrameAnswers, NewActivation, RecordedDataset, Store } from '../../src/main/store/types.ts'
import type { Gate } from '../../src/shared/input-gate.ts'
import { DICOM_FACTS, newCase, newResult } from './cases.ts'
import { addSlice, groupNow } from './series.ts'

/** A row, at least, in each guarded table. */
export async function fillGuarded(store: Store): Promise<void> {
  const one = newCase()
  await store.receive([one])
  const statistics = { brightness: 80, contrast: 40, sharpness: 2, noise: 1, head: 0.5 }
  const vector = { indexId: 'one', values: new Uint8Array(8) }
  const standing = { rule: 'neighbours-2', plane: null, counted: 0, key: '0', deciding: [], cautions: [] }
  const frames: FrameAnswers = {
    standing,
    frames: [{ frame: 0, mm: null, scope: 'unread', label: null, confidences: null }],
  }
  await store.complete([
    newResult(one.id, {
      statistics,
      dicom: DICOM_FACTS,
      vector,
      region: { found: false },
      frames,
    }),
  ])
  await store.addResult(newResult(one.id, { modelId: 'other-model' }), 'Dr A')
  await store.logView(one.id, 'Dr A')
  const object = {
    kind: 'SR',
    uid: '2.25.1',
    installation: 'i',
    version: '0.1.0',
    at: '2026-11-24T10:00:00.000Z',
  } as const
  await store.keepObjects({ caseId: one.id, by: 'Dr A', at: object.at, signed: true, to: 'a file', objects: [object] })
  await store.setObjects({ organisation: 'A hospital' }, 'Dr A')
  const { confidences, engine } = newResult(one.id)
  const model = { modelId: 'efl0-2', weightsSha256: 'a'.repeat(64), preprocessingVersion: '1', engine }
  const tried = { ...model, confidences, label: 'glioma' } as const
  const gate: Gate = { verdict: 'near', reasons: [] }
  const experiment = await store.keepExperiment({ ...tried, gate, caseId: one.id, frame: null, steps: [], by: 'Dr A' })
  await store.receive([{ ...newCase(), edited: { origin: one.id, experiment } }])
  await store.placeHold({ caseId: one.id, scope: 'case', by: 'Dr A', reason: 'court' })
  await store.liftHold({ id: 1, by: 'Dr A', reason: 'over' })
  await store.removeImages({ caseIds: [one.id], by: 'Dr A', rule: 'images-of-signed-cases-6-months' })
  await store.erase({ caseIds: [one.id], by: 'Dr A', reason: { salt: 'b'.repeat(32), sha256: 'a'.repeat(64) } })
  for (const mm of [0, 5]) await addSlice(store, mm)
  await groupNow(store)
  const account = { name: 'Dr A', fullName: 'A', role: 'administrator', password: 'x', mustChange: false } as const
  await store.addAccount({ ...account, by: 'Dr A', first: true })
  const at = new Date().toISOString()
  const token = { id: uuidv7(), account: 'Dr A', sha256: 'c'.repeat(64), purpose: 'test', createdBy: 'Dr A' }
  await store.addToken({ ...token, createdAt: at, expiresAt: at })
  for (const _ of [1, 2]) await store.activateModel(ACTIVATION)
  await store.addDataset(DATASET)
}

const ACTIVATION: NewActivation = {
  kind: 'activation',
  modelId: 'model-a',
  by: 'Dr A',
  reason: 'test',
  files: { weights: 'a'.repeat(64), manifest: 'b'.repeat(64), card: null },
  gate: { passed: true, findings: [], reference: null, withoutReference: 'first one' },
  restores: null,
}

const none = { images: 0, training: 0, validation: 0, testing: 0 }
const DATASET: RecordedDataset = {
  name: 'brain',
  version: 1,
  sha256: 'a'.repeat(64),
  contentSha256: 'b'.repeat(64),
  manifestSha256: 'c'.repeat(64),
  importedAt: '2026-11-24T10:00:00.000Z',
  importedBy: 'Dr A',
  origin: { kind: 'files', path: '/sets/brain', patients: null, map: {} },
  images: 0,
  unreadable: 0,
  perClass: { glioma: none, meningioma: none, notumor: none, pituitary: none },
}
