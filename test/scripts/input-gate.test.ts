import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FOLDS, OUT, readManifest } from '../../scripts/model/input-gate/files.ts'
import { readOtherSplit, readOthers } from '../../scripts/model/input-gate/others.ts'
import { readInputGate } from '../../scripts/model/input-gate/shipped.ts'
import { gateInWords } from '../../src/shared/input-gate-file.ts'
import { cardSchema } from '../../src/shared/model.ts'
import { ACTIVE } from '../engine/support/shipped.ts'

const read = (file: string) => JSON.parse(readFileSync(join(OUT, file), 'utf8'))
const docs = readFileSync(join(import.meta.dirname, '../../docs/input-gate.md'), 'utf8')
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

it('every other picture is of a listed package with its licence and hash, on one side by its group', () => {
  for (const { licence, sha256, version } of readOthers()) {
    expect(licence).not.toBe('')
    expect(version).not.toBe('')
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  }
  const split = readOtherSplit()
  for (const [group, images] of Map.groupBy(split, ({ group }) => group))
    expect(new Set(images.map(({ half }) => half)).size, group).toBe(1)
  const names = readOthers().map(({ name }) => name)
  for (const { file } of split)
    expect(
      [...names, 'noise'].some((name) => file.startsWith(`${name}/`)),
      file,
    ).toBe(true)
})

it('what was measured is of the model and the limits that ship, and reaches the aims that are said to be', () => {
  const measured = read('measured.json')
  expect(measured.weightsSha256).toBe(readManifest().weights.sha256)
  expect(measured.limits).toEqual(readInputGate().limits)
  expect(measured.brain['brain-tumor-mri/Testing'].share).toBeLessThanOrEqual(0.02)
  expect(measured.others.files.all.share).toBeGreaterThanOrEqual(0.95)
  expect(FOLDS.every(existsSync)).toBe(true)
})

it('the card tells the limits', () => {
  const card = cardSchema.parse(JSON.parse(readFileSync(join(ACTIVE, 'card.json'), 'utf8')))
  expect(card.inputGate).toBe(gateInWords(readInputGate()))
})

it('the tables of the documentation are what was measured', () => {
  const { brain, others, answers } = read('measured.json')
  const testing = brain['brain-tumor-mri/Testing']
  expect(docs).toContain(
    `| shared test images | ${testing.n} | ${percent(testing.share)} | ${percent(testing.borderline / testing.n)} |`,
  )
  const { all } = others.files
  expect(docs).toContain(`| no brain MR, as files | ${all.n} | ${percent(all.share)} | ${all.borderline} of ${all.n} |`)
  const bare = others['grey, without header'].all
  expect(docs).toContain(
    `| the same in grey, without header | ${bare.n} | ${percent(bare.share)} | ${bare.borderline} of ${bare.n} |`,
  )
  const errors = ['0.8', '0.85', '0.9', '0.95', '1'].map((coverage) => percent(answers.errorAt[coverage]))
  expect(docs).toContain(`| wrong | ${errors.join(' | ')} |`)
  for (const { auroc, beyond95, beyond98, beyond99 } of read('compared.json').scores)
    expect(docs).toContain(`| ${auroc.toFixed(3)} | ${[beyond95, beyond98, beyond99].map(percent).join(' | ')} |`)
})
