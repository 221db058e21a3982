/**
 * Compares scores of how unlike its training images an image is to the shipped model: on the images that chose its epoch,
 * against the half of the other pictures that may set thresholds. Writes `docs/runs/input-gate/compared.json`.
 *
 *     node --max-old-space-size=6000 scripts/model/input-gate/compare-scores.ts
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareScores } from './compare.ts'
import { OUT } from './files.ts'
import { otherImages } from './kept-apart.ts'
import { ownImages } from './own.ts'

const { training, validation } = await ownImages()
const { bared } = await otherImages('thresholds')
const compared = compareScores(training.examples, validation.examples, bared.examples)
const date = new Date().toISOString().slice(0, 10)
writeFileSync(join(OUT, 'compared.json'), `${JSON.stringify({ date, ...compared }, null, 1)}\n`)
console.table(compared.scores)
