import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InputGateFile, inputGateFileSchema } from '../../../src/shared/input-gate-file.ts'
import { MODEL, readManifest } from './files.ts'

/** What the shipped model carries. @throws Error before `fit.ts` */
export function readInputGate(): InputGateFile {
  const { inputGate } = readManifest()
  if (!inputGate) throw new Error('run fit.ts first')
  return inputGateFileSchema.parse(JSON.parse(readFileSync(join(MODEL, inputGate.file), 'utf8')))
}
