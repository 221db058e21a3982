import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSummary } from '../../../src/main/engine/package-run/read-run.ts'
import { gatherExamples } from '../../../src/main/engine/train/run/examples.ts'
import type { Label } from '../../../src/shared/labels.ts'
import { listed, type Measured, measureAll } from './examples.ts'
import { RUN, SHARED } from './files.ts'

const ignored = () => undefined

async function examplesOf() {
  const { request } = await readSummary(RUN)
  return (
    await gatherExamples(request, {
      ...{ signal: new AbortController().signal, onProgress: ignored, onDataset: ignored, tell: ignored },
    })
  ).examples
}

/** The images of the run that the model was made of, by what they did in it. */
export async function ownImages(): Promise<{ training: Measured; validation: Measured }> {
  const of = (part: string) => async () =>
    (await examplesOf()).filter((one) => one.part === part).map(({ file, path }) => listed(file, path))
  return {
    training: await measureAll('training', of('training')),
    validation: await measureAll('validation', of('validation')),
  }
}

/** Those that chose its epoch, with what is on them. */
export async function validationFiles(): Promise<{ path: string; label: Label }[]> {
  const examples = (await examplesOf()).filter(({ part }) => part === 'validation')
  return examples.flatMap(({ path, label }) => (label === null ? [] : [{ path, label }]))
}

/** The shared test images: for measuring alone. */
export function testImages(): Promise<Measured> {
  const images = readdirSync(SHARED.testing).flatMap((folder) =>
    readdirSync(join(SHARED.testing, folder)).map((name) =>
      listed(`Testing/${folder}/${name}`, join(SHARED.testing, folder, name)),
    ),
  )
  return measureAll('testing', () => images)
}

/** Slices of patients that the model did not learn from, and of a volunteer in a scanner that it does not know. */
export async function unseenImages(): Promise<{ boxes: Measured; series: Measured }> {
  const split: { set: string; file: string; seen: boolean }[] = JSON.parse(readFileSync(SHARED.heatSplit, 'utf8'))
  const unseen = split.filter(({ set, seen }) => set === 'tumor-boxes' && !seen)
  const slices = readdirSync(SHARED.series).map((name) => listed(name, join(SHARED.series, name)))
  return {
    boxes: await measureAll('boxes-unseen', () => unseen.map(({ file }) => listed(file, join(SHARED.boxes, file)))),
    series: await measureAll('series-t1', () => slices),
  }
}
