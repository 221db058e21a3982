import type { Store } from '../../src/main/store/types.ts'
import type { Confidences, Label } from '../../src/shared/labels.ts'
import { newCase, newResult } from './cases.ts'

/** A picture that was made of a case's and is a case of its own, with an answer. @returns its id */
export async function addEdited(
  store: Store,
  origin: string,
  { fileName, label, confidences }: { fileName: string; label: Label; confidences: Confidences },
): Promise<string> {
  const { engine } = newResult(origin)
  const model = { modelId: 'efl0-2', weightsSha256: 'a'.repeat(64), preprocessingVersion: '1', engine }
  const says = { label, confidences, gate: { verdict: 'near' as const, reasons: [] } }
  const experiment = await store.keepExperiment({
    ...{ ...model, ...says },
    ...{ caseId: origin, frame: null, steps: [], by: 'Dr A' },
  })
  const edited = newCase({ fileName, source: 'edited' })
  await store.receive([{ ...edited, edited: { origin, experiment } }])
  await store.complete([newResult(edited.id, { label, confidences })])
  return edited.id
}
