import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSameSet, evaluateFolds, markKnown } from '../../src/main/engine/evaluate-set/cross-validation.ts'
import type { TumourColumn } from '../../src/shared/evaluation-report.ts'
import { LABELS, type Label } from '../../src/shared/labels.ts'
import type { PredictedImage, RunPredictions } from '../../src/shared/predictions.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const SET = 'a'.repeat(64)

function said(file: string, label: Label | null, group: string | null): PredictedImage {
  return { file, label, group, part: 'held-out', logits: LABELS.map((one) => (one === label ? 2 : 0)) }
}

function write(...runs: PredictedImage[][]): string[] {
  const folder = temporaryFolder()
  return runs.map((images, i) => {
    const run: RunPredictions = { run: `f${i}`, dataSha256: SET, date: '2026-11-24', temperature: 1, images }
    const path = join(folder, `${i}.json`)
    writeFileSync(path, JSON.stringify(run))
    return path
  })
}

describe('the cross-validation beside a model', () => {
  it('is said to keep patients apart only where no patient was held out twice, and all are known', async () => {
    const title = async (...groups: (string | null)[]) => {
      const files = write(
        ...groups.map((group, i) => [said(`${i}`, 'glioma', group), said(`n${i}`, 'notumor', `n${i}`)]),
      )
      return (await evaluateFolds(files)).columns[0]?.title
    }
    expect(await title('P1', 'P2')).toBe('Cross-validation, patients apart: held-out images')
    expect(await title('P1', 'P1')).toBe('Cross-validation: held-out images')
    expect(await title('P1', null)).toBe('Cross-validation: held-out images')
  })

  it('marks tumours that it drew on, and only those', async () => {
    const folds = await evaluateFolds(write([said('1', 'glioma', 'P1'), said('others/x.png', null, 'x')]))
    const column = { ...(folds.tumourColumns[0] as TumourColumn), title: 'others', splitRule: 'rule' }
    expect(markKnown(column, ['others/x.png', 'others/y.png'], folds)).toMatchObject({
      title: 'others (part of its cross-validation)',
      splitRule: '1 of them were part of its cross-validation, so that it may have learned from them; rule',
    })
    expect(markKnown(column, ['others/y.png'], folds)).toBe(column)
    expect(folds.notes.join()).toContain('may have learned from them')
  })

  it('must be of the set that is evaluated', async () => {
    const folds = await evaluateFolds(write([said('1', 'glioma', 'P1')]))
    expect(() => checkSameSet(folds, '/set', SET)).not.toThrow()
    expect(() => checkSameSet(folds, '/set', 'b'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'predictions-other-set', details: { set: '/set' } }),
    )
  })
})
