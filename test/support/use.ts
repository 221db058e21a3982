import { vi } from 'vitest'
import type { NewResult, Store } from '../../src/main/store/types.ts'
import type { Source } from '../../src/shared/cases.ts'
import type { DicomFacts } from '../../src/shared/dicom.ts'
import { type Confidences, LABELS, type Label } from '../../src/shared/labels.ts'
import type { Impression } from '../../src/shared/reading.ts'
import { DICOM_FACTS, newCase, newResult, OUTSIDE } from './cases.ts'

/** A case in use: what it was called, how surely, and what was signed. */
export interface Used {
  label: Label
  /** In the label; the rest is spread over the others. */
  confidence?: number
  confidences?: Confidences
  /** Null is not signed. */
  says?: Impression | null
  reader?: string
  source?: Source
  model?: string
  ms?: number
  side?: number
  /** Mean grey of what the network sees; without it the picture was not measured. */
  brightness?: number
  /** From the training images; goes with `brightness`. */
  distance?: number
  /** What its DICOM file says; without it the case is a picture. */
  dicom?: Partial<DicomFacts>
  /** The model does not judge its picture; `label` is then what the network would have called it. */
  unjudged?: boolean
}

/** Answers, and signatures, of one moment. The clock of the test is set to it. The ids of the cases. */
export async function used(store: Store, at: string, cases: Used[]): Promise<string[]> {
  vi.setSystemTime(new Date(at))
  const rows = cases.map((one) =>
    newCase({ source: one.source ?? 'file', scan: { sha256: hashOf(one.side ?? 256), bytes: 100 } }),
  )
  await store.receive(rows)
  await store.complete(rows.map(({ id }, i) => resultOf(id, cases[i] as Used)))
  for (const [i, { id }] of rows.entries()) await signUsed(store, id, cases[i] as Used)
  return rows.map(({ id }) => id)
}

/** So many of the same. */
export const times = (n: number, one: Used): Used[] => Array.from({ length: n }, () => one)

async function signUsed(store: Store, caseId: string, { says = null, reader = 'Dr A', ...one }: Used): Promise<void> {
  if (says === null) return
  const label = one.unjudged ? null : one.label
  const against = one.unjudged ? 'own' : 'disagree'
  const verdict = says === label ? 'agree' : says === 'cannot-tell' ? says : against
  const other = says === label || says === 'cannot-tell' ? null : says
  await store.review({ caseId, reader, verdict, label: other, comment: '' })
  const verdictId = (await store.getCase(caseId)).verdicts[0]?.id as number
  await store.sign({ caseId, verdictId, reader })
}

function resultOf(id: string, { label, model = 'efl-a', ms = 3, side = 256, ...one }: Used): NewResult {
  const confidence = one.confidence ?? 0.9
  const rest = (1 - confidence) / (LABELS.length - 1)
  const spread = { glioma: rest, meningioma: rest, notumor: rest, pituitary: rest, [label]: confidence }
  return newResult(id, {
    ...{ label, modelId: model, inferenceMs: ms, confidences: one.confidences ?? spread },
    image: { format: 'png', width: side, height: side - 10 },
    statistics: one.brightness === undefined ? null : { ...PLAIN, brightness: one.brightness },
    distance: one.distance ?? null,
    ...(one.unjudged && OUTSIDE),
    ...(one.dicom && { dicom: { ...DICOM_FACTS, ...one.dicom } }),
  })
}

const PLAIN = { contrast: 40, sharpness: 2, noise: 1, head: 0.5 }

const hashOf = (side: number) => String(side).padStart(64, '0')
