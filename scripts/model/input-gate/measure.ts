/**
 * Measures the input gate of the shipped model on images that set none of its thresholds: the shared test images, slices
 * of patients that the model did not learn from, a volunteer's series, and the half of the other pictures that measures;
 * and what answers are worth when the least sure are left to the reader, by the networks of the cross-validation. Writes
 * `docs/runs/input-gate/measured.json`.
 *
 *     node --max-old-space-size=6000 scripts/model/input-gate/measure.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { judgeInput } from '../../../src/main/engine/input-gate/index.ts'
import { loadInputGate } from '../../../src/main/engine/input-gate/load.ts'
import { distanceTo } from '../../../src/main/engine/inputs/distance.ts'
import { loadFeatures } from '../../../src/main/engine/inputs/load.ts'
import { modelFolder } from '../../../src/main/engine/model/files.ts'
import type { Gate, GateReason } from '../../../src/shared/input-gate.ts'
import { answersOf } from './answers.ts'
import { round } from './compare.ts'
import type { Example, Measured } from './examples.ts'
import { MODEL, OUT, readManifest } from './files.ts'
import { otherImages } from './kept-apart.ts'
import type { OtherImage } from './others.ts'
import { testImages, unseenImages } from './own.ts'

const manifest = readManifest()
const gate = await loadInputGate(modelFolder(MODEL), manifest)
const features = await loadFeatures(modelFolder(MODEL), manifest)
if (!features || !gate.limits) throw new Error('run fit.ts first')

const judge = (example: Example): Gate =>
  judgeInput(
    { ...example, distance: distanceTo(features, example.features), shape: gate.shape(example.outline) },
    gate.limits,
  )

/** How many are judged how, and by which reasons; what cannot be read at all is outside, too. */
function countsOf({ examples, refused }: Measured) {
  const gates = examples.map(judge)
  const n = gates.length + refused.length
  const of = (verdict: string) => gates.filter((one) => one.verdict === verdict).length
  const reasons: Partial<Record<GateReason, number>> = {}
  for (const { reasons: found } of gates) for (const reason of found) reasons[reason] = (reasons[reason] ?? 0) + 1
  const outside = of('outside') + refused.length
  return {
    n,
    near: of('near'),
    borderline: of('borderline'),
    outside,
    share: round(outside / n),
    unread: refused.length,
    reasons,
  }
}

/** The same for each kind of picture, and what passed. */
function byKind(of: OtherImage[], { examples, refused }: Measured) {
  const kindOf = new Map(of.map(({ file, kind }) => [file, kind]))
  const part = (kind: string): Measured => ({
    examples: examples.filter(({ file }) => kindOf.get(file) === kind),
    refused: refused.filter(({ file }) => kindOf.get(file) === kind),
  })
  const kinds = Object.fromEntries([...new Set(kindOf.values())].map((kind) => [kind, countsOf(part(kind))]))
  const passed = examples.flatMap((example) => {
    const { verdict, reasons } = judge(example)
    return verdict === 'outside' ? [] : [{ file: example.file, verdict, reasons }]
  })
  return { all: countsOf({ examples, refused }), kinds, passed }
}

const testing = await testImages()
const unseen = await unseenImages()
const others = await otherImages('measuring')
const measured = {
  date: new Date().toISOString().slice(0, 10),
  weightsSha256: manifest.weights.sha256,
  limits: gate.limits,
  brain: {
    'brain-tumor-mri/Testing': countsOf(testing),
    'tumor-boxes, patients that it did not learn from': countsOf(unseen.boxes),
    'dicom/series-t1': countsOf(unseen.series),
  },
  others: { files: byKind(others.of, others.files), 'grey, without header': byKind(others.of, others.bared) },
  answers: await answersOf(),
}
writeFileSync(join(OUT, 'measured.json'), `${JSON.stringify(measured, null, 1)}\n`)
console.table(measured.brain)
console.table({ files: measured.others.files.all, ...measured.others.files.kinds })
console.table({ grey: measured.others['grey, without header'].all, ...measured.others['grey, without header'].kinds })
console.log(JSON.stringify(measured.answers, null, 1))
