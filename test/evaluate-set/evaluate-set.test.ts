import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditDataset } from '../../src/main/engine/dataset/audit.ts'
import { evaluateSet } from '../../src/main/engine/evaluate-set/index.ts'
import { MODEL_DIR, SHIPPED_MODEL } from '../../src/main/installation.ts'
import type { DatasetAudit } from '../../src/shared/dataset.ts'
import type { Evaluated, EvaluateRequest } from '../../src/shared/evaluate-set.ts'
import { evaluationReportSchema } from '../../src/shared/evaluation-report.ts'
import { write } from '../dataset/support.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { shared } from '../support/shared.ts'

const set = shared('datasets/brain-tumor-mri')
const others = shared('datasets/other-sequences')
const boxed = shared('datasets/tumor-boxes')
const following = { signal: new AbortController().signal, onProgress: () => undefined }
const cleanup = new Cleanup()

/** Every `nth` row of a table, its paths made absolute: a set that lies elsewhere. */
function some(folder: string, table: string, nth: number): string[][] {
  const rows = readFileSync(join(folder, table), 'utf8').trim().split(/\r?\n/).slice(1)
  return rows
    .filter((_, i) => i % nth === 0)
    .map((row) => row.split(',').map((cell, c) => (c === 0 ? join(folder, cell) : cell)))
}

const table = (header: string, rows: string[][]) => `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`

const here = set !== null && others !== null && boxed !== null

it.skipIf(here)('a model on the shared sets', ({ skip }) => {
  skip('not run: the shared data folder is not there (GYRUS_SHARED)')
})

describe.skipIf(!here)('a model on a small part of the shared sets', () => {
  let folder = ''
  let request: EvaluateRequest
  let evaluated: Evaluated
  let audit: DatasetAudit

  beforeAll(async () => {
    folder = temporaryFolder(cleanup.add)
    const rows = some(set as string, 'patients.csv', 90)
    const split = (row: string[]) => (row[0]?.includes('/Testing/') ? 'testing' : 'training')
    await write(folder, {
      'set.csv': table(
        'file,class,patient,fold,split',
        rows.map((row) => [...row, split(row)]),
      ),
      'others/tumours.csv': table('file,group,cx,cy,w,h', some(others as string, 'tumours.csv', 40)),
      'boxes.csv': table('file,class,cx,cy,w,h', some(boxed as string, 'boxes.csv', 50)),
    })
    request = {
      source: { path: join(folder, 'set.csv') },
      ...{ modelDir: MODEL_DIR, fold: 1, shortcuts: true, html: true },
      tumours: [join(folder, 'others', 'tumours.csv')],
      boxes: join(folder, 'boxes.csv'),
    }
    evaluated = await evaluateSet(request, following)
    audit = await auditDataset(request.source, following)
    return cleanup.run
  }, 300_000)

  it('has all columns, which fit the schema and name their data, model and date', () => {
    const { report, main } = evaluated
    expect(evaluationReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
    expect(report.columns[0]?.title).toBe('Test split as it is')
    expect(report.columns[main]?.title).toBe('Fold 1')
    const { weights } = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8'))
    for (const column of [...report.columns, ...report.tumourColumns]) {
      expect(column.model).toBe(SHIPPED_MODEL)
      expect(column.weightsSha256).toEqual([weights.sha256])
      expect(column.dataSha256).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(report.tumourColumns[0]?.evaluation.n).toBe(13)
    expect(report.tumourColumns[0]?.evaluation.tumourCalledNone.of).toBe(13)
  })

  it('counts what the audit counts', () => {
    const { sha256, perClass, testWithNearCopy } = audit
    const [asItIs, clean] = evaluated.report.columns
    const testing = Object.values(perClass).reduce((sum, { testing }) => sum + testing, 0)
    expect(asItIs?.dataSha256).toBe(sha256)
    expect(asItIs?.evaluation.n).toBe(testing)
    expect(clean?.evaluation.n).toBe(testing - testWithNearCopy.n)
    expect(Object.values(asItIs?.evaluation.images ?? {}).reduce((a, b) => a + b, 0)).toBe(testing)
  })

  it('has limits from the cross-validation’s images, without those that are measured in the column', () => {
    const { calibration } = JSON.parse(readFileSync(join(MODEL_DIR, 'model.json'), 'utf8'))
    const { images } = JSON.parse(readFileSync(join(MODEL_DIR, calibration.file), 'utf8'))
    const calibrating = new Set(images.map(([sha256]: [string]) => sha256))
    const { columns, tumourColumns } = evaluated.report
    const paths = some(set as string, 'patients.csv', 90).map(([path, , , fold]) => ({ path: path as string, fold }))
    const overlap = (measured: typeof paths) =>
      measured.filter(({ path }) => calibrating.has(createHash('sha256').update(readFileSync(path)).digest('hex')))
        .length
    const test = columns[0]
    expect(overlap(paths.filter(({ path }) => path.includes('/Testing/')))).toBe(0)
    expect(test?.evaluation.conformal?.calibrationImages).toEqual([images.length])
    expect(test?.limitsBy).toMatch(/ of the \d+ images here share a patient with them or are near-copies$/)
    // Images of the fold were held out by its run, and are measured here: they set nothing here.
    const n = overlap(paths.filter(({ fold }) => fold === '1'))
    expect(n).toBeGreaterThan(0)
    const fold = columns[evaluated.main]
    expect(fold?.evaluation.conformal?.calibrationImages).toEqual([images.length - n])
    expect(fold?.limitsBy).toContain(`; ${n} more are measured here and were left out`)
    expect(tumourColumns[0]?.evaluation.tumourSetOnlyNone?.of).toBe(13)
    expect(tumourColumns[0]?.evaluation.atValidationThreshold).toHaveLength(3)
  })

  it('says that nobody knows whether the model learned from a part of what it learned from', () => {
    for (const { seenInTraining, splitRule } of evaluated.report.columns) {
      expect(seenInTraining).toBe('not-known')
      expect(splitRule).toMatch(/; whether this model learned from these images is not known$/)
    }
    expect(evaluated.report.tumourColumns[0]?.seenInTraining).toBe('not-known')
    expect(evaluated.html).toContain('Seen in training')
  })

  it('takes images of one patient together', () => {
    const fold = evaluated.report.columns[evaluated.main]
    const { unit, units } = fold?.evaluation.bootstrap ?? {}
    expect(unit).toBe('group')
    expect(units).toBeLessThanOrEqual(fold?.evaluation.n ?? 0)
  })

  it('finds shortcuts: the model beside traits, without the head, without the tumour', () => {
    const { traits, headHidden, tumourHidden, otherTumours } = evaluated.report.shortcuts ?? {}
    const n = evaluated.report.columns[evaluated.main]?.evaluation.n
    expect(traits?.model.n).toBe(n)
    expect(traits?.traits.n).toBe(n)
    expect((headHidden?.hidden.n ?? 0) + (headHidden?.leftOut ?? 0)).toBe(n)
    expect(headHidden?.hidden.accuracy).toBeLessThan(headHidden?.whole.accuracy as number)
    expect((tumourHidden?.whole.n ?? 0) + (tumourHidden?.leftOut ?? 0)).toBe(12)
    expect(tumourHidden?.confidence.tumourHidden).toBeLessThan(tumourHidden?.confidence.whole as number)
    const { share } = evaluated.report.tumourColumns[0]?.evaluation.tumourCalledNone ?? {}
    expect(otherTumours?.[0]?.sensitivity).toBeCloseTo(1 - (share as number), 12)
  })

  it('shows pictures of the images that were called wrong, where there are some', () => {
    const { columns, tumourColumns } = evaluated.report
    const listed = [...columns, ...tumourColumns].flatMap(({ evaluation }) => evaluation.tumourCalledNone.images)
    listed.push(...columns.flatMap(({ evaluation }) => evaluation.worstErrors))
    const pictures = new Set(evaluated.html?.match(/data:image\/webp;base64,[^"]+/g))
    expect(pictures.size).toBe(new Set(listed.map(({ id }) => id)).size)
    expect(evaluated.html).toContain('id="shortcuts"')
  })
})
