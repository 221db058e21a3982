import { basename, resolve } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import type { Evaluated, EvaluateRequest } from '../../../shared/evaluate-set.ts'
import type { Column, EvaluationReport, TumourColumn } from '../../../shared/evaluation-report.ts'
import { breathe } from '../breathe.ts'
import { type LoadedDataset, loadDataset } from '../dataset/load.ts'
import { findNeighbours, type Neighbours } from '../dataset/neighbours.ts'
import { readRows } from '../evaluate/read-rows.ts'
import { reportHtml } from '../evaluate/report/index.ts'
import { loadModel } from '../model/index.ts'
import { predictSet, type SetPredictions } from '../model/predict-set.ts'
import { auditModel } from '../shortcuts/audit-model.ts'
import type { Following, Model } from '../types.ts'
import { chooseParts, type Part } from './columns.ts'
import { type CrossValidation, checkSameSet, evaluateFolds, markKnown } from './cross-validation.ts'
import { limitsFor } from './limits.ts'
import { partColumn, predictionsOf, type Told } from './measure.ts'
import { notesOf } from './notes.ts'
import { picturesOf } from './pictures.ts'
import { type MarkedPart, markSeen, trainedOn } from './training-data.ts'
import { type EvaluatedTumours, evaluateTumours } from './tumours.ts'

/**
 * Everything that is measured of a model on a labelled set, as it serves: each part of the set a column, and tables of
 * tumours of unknown type, and what its cross-validation held out, beside them.
 *
 * @throws GyrusError errors of `loadModel`, `readDataset`, `chooseParts`, `readTumourTable`, `evaluateFolds` and
 *   `checkSameSet`, `cancelled`
 */
export async function evaluateSet(request: EvaluateRequest, following: Following<TaskProgress>): Promise<Evaluated> {
  const model = await loadModel(request.modelDir)
  try {
    return await evaluateModel(model, request, following)
  } finally {
    await model.dispose()
  }
}

async function evaluateModel(
  model: Model,
  { source, fold, folds, tumours, boxes, shortcuts, html }: EvaluateRequest,
  following: Following<TaskProgress>,
): Promise<Evaluated> {
  const told = toldOf(model)
  const crossValidation = folds ? await evaluateFolds(folds) : null
  const loaded = await loadDataset(source, following)
  if (crossValidation) checkSameSet(crossValidation, source.path, loaded.sha256)
  const neighbours = await findNeighbours(loaded.images, loaded.fingerprints, following)
  const seen = trainedOn(model.card, loaded)
  const parts = chooseParts(loaded.images, neighbours.copies, fold).map((part) => markSeen(part, seen, loaded.hashes))
  const said = await predictParts(model, loaded, parts, following)
  const rows = rowsOf(said, neighbours)
  const units = calibratingUnits(model, loaded, neighbours)
  const name = basename(resolve(source.path))
  const columns = await columnsOf(model, parts, rows, { name, sha256: loaded.sha256, units }, told)
  const others = await evaluateTumours(model, tumours, told, following)
  const main = Math.max(
    0,
    parts.findIndex(({ kind }) => kind === 'fold'),
  )
  const audited = {
    ...{ told, name, loaded, neighbours, boxes, tumourColumns: others.columns },
    images: membersOf(parts[main] as Part, rows),
    data: (columns[main] as Column).data,
  }
  const report: EvaluationReport = {
    title: `Evaluation of ${told.model}`,
    date: told.date,
    columns: [...columns, ...(crossValidation?.columns ?? [])],
    tumourColumns: tumourColumnsOf(others, crossValidation),
    shortcuts: shortcuts ? await auditModel(model, audited, following) : null,
    notes: [
      ...notesOf(model, parts, loaded, said.unreadable.length + others.unreadable.length),
      ...(crossValidation?.notes ?? []),
    ],
  }
  const paths = new Map([...loaded.images.map(({ file, path }) => [file, path] as const), ...others.paths])
  const read = parts.map((part) => ({
    kind: part.relation,
    images: readRows([{ predictions: predictionsOf(membersOf(part, rows)) }]),
  }))
  return {
    report,
    read: [...read, ...(crossValidation?.read ?? [])],
    main,
    html: html ? reportHtml(report, await picturesOf(report, paths)) : null,
    unreadable: [...loaded.unreadable, ...said.unreadable, ...others.unreadable],
  }
}

const toldOf = ({ manifest }: Model): Told => ({
  date: new Date().toISOString().slice(0, 10),
  model: manifest.id,
  weightsSha256: [manifest.weights.sha256],
})

type Indexed = LoadedDataset['images'][number] & { index: number }
type Said = SetPredictions<Indexed>

/** What the model says of all images that a part has. */
async function predictParts(
  model: Model,
  { images }: LoadedDataset,
  parts: Part[],
  following: Following<TaskProgress>,
): Promise<Said> {
  const wanted = new Set(parts.flatMap(({ members }) => members))
  const indexed = images.map((image, index) => ({ ...image, index })).filter(({ index }) => wanted.has(index))
  return predictSet(model, indexed, following)
}

type Row = Said['images'][number] & { id: string; group: string }

const rowsOf = ({ images }: Said, { units }: Neighbours): Row[] =>
  images.map((image) => ({ ...image, id: image.file, group: `${units[image.index]}` }))

function membersOf(part: Part, rows: Row[]): Row[] {
  const members = new Set(part.members)
  return rows.filter(({ index }) => members.has(index))
}

/** Units (see `Neighbours`) of the set that hold an image which sets the model's limits. */
function calibratingUnits({ calibration }: Model, { hashes }: LoadedDataset, { units }: Neighbours): Set<string> {
  const calibrating = new Set(calibration?.images.map(([sha256]) => sha256))
  return new Set(hashes.flatMap((sha256, index) => (calibrating.has(sha256) ? [`${units[index]}`] : [])))
}

async function columnsOf(
  model: Model,
  parts: MarkedPart[],
  rows: Row[],
  set: { name: string; sha256: string; units: ReadonlySet<string> },
  told: Told,
): Promise<Column[]> {
  const columns: Column[] = []
  for (const part of parts) {
    const members = membersOf(part, rows)
    const files = members.map(({ sha256, group }) => ({ sha256, unit: group }))
    columns.push(partColumn(part, members, set, told, limitsFor(model, files, set.units)))
    await breathe()
  }
  return columns
}

function tumourColumnsOf({ columns, ids }: EvaluatedTumours, folds: CrossValidation | null): TumourColumn[] {
  if (!folds) return columns
  return [...columns.map((column, i) => markKnown(column, ids[i] ?? [], folds)), ...folds.tumourColumns]
}
