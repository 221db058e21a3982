import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cardSchema } from '../../src/shared/model.ts'
import { ACTIVE } from '../engine/support/shipped.ts'
import { missingFile } from './support/files.ts'
import { ROOT, readPage, tableBelow } from './support/markdown.ts'

const page = readPage('docs/clinical-safety.md')
const hazards = [
  'The answer is wrong',
  'The answer is used wrongly',
  'Wrong patient, wrong image',
  'Results elsewhere',
  'Machine and data',
].flatMap((heading) => tableBelow(page, heading))
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const limits = tableBelow(page, 'Known limits')
const measured = (what: string) => limits.find(([name = '']) => name.startsWith(what))?.[1] ?? ''

it('numbers the hazards, and tells of each all that is asked', () => {
  const numbers = hazards.map(([name = '']) => /^\*\*H(\d+)\*\* \S/.exec(name)?.[1])
  expect(numbers).toEqual(hazards.map((_, at) => String(at + 1)))
  for (const cells of hazards) {
    expect(cells, cells[0]).toHaveLength(7)
    expect(cells.filter((cell) => cell === '')).toEqual([])
    expect(cells[3], cells[0]).toMatch(/^(minor|serious|grave|critical)$/)
  }
})

it('shows each control by tests that are there', () => {
  for (const [name, , , , , shown = ''] of hazards) {
    const tests = [...shown.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, test = '']) => test)
    expect(tests.length, name).toBeGreaterThan(0)
    const paths = tests.map((test) => (test.startsWith('test/') ? test : `test/${test}`))
    expect(paths.map(missingFile).filter(Boolean), name).toEqual([])
  }
})

it('tells the figures of the card of the model that ships', () => {
  const card = cardSchema.parse(JSON.parse(readFileSync(join(ACTIVE, 'card.json'), 'utf8')))
  const held = card.results.find(({ name }) => name === 'Held-out images')
  const [sensitivity] = card.tumourSensitivity ?? []
  const bare = card.results.find(({ name }) => name === 'Test split without near-copies')
  if (!held?.tumourCalledNone || !held.noneCalledTumour || !sensitivity || !bare)
    throw new Error('the card lacks figures')
  const number = (n: number) => n.toLocaleString('en')
  const { tumourCalledNone, noneCalledTumour } = held
  expect(measured('Slices of unseen patients')).toContain(percent(held.accuracy))
  expect(measured('Tumours called')).toContain(`${tumourCalledNone.n} of ${number(tumourCalledNone.of)}`)
  expect(measured('No tumour called')).toContain(`${noneCalledTumour.n} of ${number(noneCalledTumour.of)}`)
  expect(measured('Tumours in other')).toContain(`${percent(1 - sensitivity.sensitivity)} of ${sensitivity.n} images`)
  expect(measured('Tumours in other')).toContain(percent(1 - (sensitivity.groupMean ?? 0)))
  expect(measured('The public test split')).toContain(`${percent(bare.accuracy)} of ${bare.n} without`)
})

it('tells the figures of the input gate', () => {
  const file = join(ROOT, 'docs/runs/input-gate/measured.json')
  const { brain, others, answers } = JSON.parse(readFileSync(file, 'utf8'))
  const through = ({ all }: { all: { n: number; share: number } }) =>
    `${Math.round(all.n * (1 - all.share))} of ${all.n}`
  expect(measured('What is no brain MR')).toContain(`${through(others.files)} as files`)
  expect(measured('What is no brain MR')).toContain(`${through(others['grey, without header'])} in grey`)
  const testing = brain['brain-tumor-mri/Testing']
  expect(measured('Test images not judged')).toContain(
    `${percent(testing.share)}, ${percent(testing.borderline / testing.n)} of ${testing.n}`,
  )
  expect(measured('Leaving the least sure')).toContain(`${percent(answers.errorAt['0.95'])} wrong`)
})
