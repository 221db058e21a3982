/**
 * Sets the thresholds of the shipped model's input gate: by its training images and by those that chose its epoch, never
 * by a test image. Writes `input-gate.json`, `model.json` and `card.json` of the model. Weights stay as they are.
 *
 *     node --max-old-space-size=6000 scripts/model/input-gate/fit.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { INPUT_GATE_FILE, inputGateOf } from '../../../src/main/engine/input-gate/make.ts'
import { sha256Of } from '../../../src/main/engine/model/files.ts'
import { gateInWords, inputGateFileSchema } from '../../../src/shared/input-gate-file.ts'
import { cardSchema } from '../../../src/shared/model.ts'
import { MODEL, readManifest } from './files.ts'
import { ownImages } from './own.ts'

const manifest = readManifest()
const { training, validation } = await ownImages()
const made = inputGateOf(manifest, 'brain-tumor-mri/Training and other-sequences', {
  own: training.examples,
  apart: { words: 'chose the epoch, trained nothing', measured: validation.examples },
})
if (!made) throw new Error('too few images chose the epoch')
const text = `${JSON.stringify(inputGateFileSchema.parse(made), null, 1)}\n`
writeFileSync(join(MODEL, INPUT_GATE_FILE), text)
const named = { file: INPUT_GATE_FILE, sha256: sha256Of(Buffer.from(text)), by: 'scripts/model/input-gate/fit.ts' }
writeFileSync(join(MODEL, 'model.json'), `${JSON.stringify({ ...manifest, inputGate: named }, null, 2)}\n`)
const card = cardSchema.parse(JSON.parse(readFileSync(join(MODEL, 'card.json'), 'utf8')))
writeFileSync(join(MODEL, 'card.json'), `${JSON.stringify({ ...card, inputGate: gateInWords(made) }, null, 2)}\n`)
console.log(`${text.length} bytes`, made.limits)
