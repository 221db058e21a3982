import { v7 as uuidv7 } from 'uuid'
import type { NewCase, NewResult } from '../../src/main/store/types.ts'
import { caseQuerySchema } from '../../src/shared/cases.ts'

export const anyCase = caseQuerySchema.parse({})

export const newCase = (change: Partial<NewCase> = {}): NewCase => ({
  id: uuidv7(),
  receivedAt: new Date().toISOString(),
  receivedBy: 'Dr Test',
  source: 'file',
  fileName: 'slice.png',
  scan: { sha256: 'a'.repeat(64), bytes: 100 },
  ...change,
})

export const newResult = (caseId: string, change: Partial<NewResult> = {}): NewResult => ({
  caseId,
  image: { format: 'png', width: 224, height: 224 },
  modelId: 'test-model',
  weightsSha256: 'b'.repeat(64),
  preprocessingVersion: '1',
  engine: 'test',
  label: 'glioma',
  confidences: { glioma: 0.7, meningioma: 0.2, notumor: 0.1, pituitary: 0 },
  decodeMs: 1,
  preprocessMs: 1,
  inferenceMs: 3,
  ...change,
})
