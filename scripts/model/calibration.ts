/**
 * Gives the model that ships the images that set its thresholds and conformal limits, as `gyrus models add-run` does since
 * it keeps them: `calibration.json` of what the runs of its cross-validation held out (docs/runs), its hash in `model.json`,
 * and on the card the operating point and how images were kept apart, once docs/runs has the report that was made with
 * them. Needs the public set in the shared data folder; weights and temperature stay as they are.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pooledTemperature } from '../../src/main/engine/evaluate-set/pool-runs.ts'
import { readRuns } from '../../src/main/engine/evaluate-set/read-predictions.ts'
import { calibrationImages } from '../../src/main/engine/package-run/calibration.ts'
import { operatingPointOf } from '../../src/main/engine/package-run/operating-point.ts'
import { CALIBRATION_FILE, calibrationText } from '../../src/shared/calibration-images.ts'
import type { EvaluationReport } from '../../src/shared/evaluation-report.ts'
import { cardSchema, manifestSchema } from '../../src/shared/model.ts'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const SET = `${process.env.GYRUS_SHARED ?? at('../shared')}/datasets/brain-tumor-mri`
const MODEL = 'resources/models/efl0-2'
const RUNS = 'docs/runs/efl0-2'
const read = (path: string): unknown => JSON.parse(readFileSync(at(path), 'utf8'))

const runs = (await readRuns([0, 1, 2, 3, 4].map((k) => at(`${RUNS}/a-f${k}/predictions.json`)))).map(({ run }) => run)
const source = { path: SET, patients: `${SET}/patients.csv` }
const calibration = await calibrationImages(source, runs, 'held-out', new AbortController().signal)
if (!calibration) throw new Error('the set in the shared folder is not the one that the runs learned from')
const before = manifestSchema.parse(read(`${MODEL}/model.json`))
if (pooledTemperature(runs) !== before.temperature) throw new Error('these are not the images that set the temperature')
const text = calibrationText(calibration)
const sha256 = createHash('sha256').update(text).digest('hex')
const manifest = { ...before, calibration: { file: CALIBRATION_FILE, sha256, by: 'cross-validation' as const } }
const { columns } = read(`${RUNS}/report.json`) as EvaluationReport
const card = cardSchema.parse(read(`${MODEL}/card.json`))
// Columns of the cross-validation are of other networks.
const own = columns.filter(({ model }) => model === card.id)
writeFileSync(at(`${MODEL}/${CALIBRATION_FILE}`), text)
write('model.json', manifest)
write('card.json', {
  ...card,
  operatingPoint: operatingPointOf({ manifest, calibration }, columns),
  results: card.results.map((result) => ({
    ...result,
    splitRule: own.find(({ title }) => title === result.name)?.splitRule ?? result.splitRule,
  })),
})

function write(file: string, value: unknown): void {
  writeFileSync(at(`${MODEL}/${file}`), `${JSON.stringify(value, null, 2)}\n`)
}
