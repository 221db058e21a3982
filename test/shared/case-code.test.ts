import { expect, it } from 'vitest'
import { caseCode, idEndOf } from '../../src/shared/case-code.ts'

const ID = '01a20d7d-7e31-7023-925e-f0f26c143cec'

it('is the random end of the id, in two groups', () => {
  expect(caseCode(ID)).toBe('6C14-3CEC')
})

it.each([
  ['6C14-3CEC', '6c143cec'],
  ['6c143cec', '6c143cec'],
  [ID, ID],
  [ID.toUpperCase(), ID],
])('is known again as a searched word: %s', (word, end) => {
  expect(idEndOf(word)).toBe(end)
  expect(ID.endsWith(end)).toBe(true)
})

it.each(['6c14', '6c14-3ceg', '6c-143cec', 'glioma', '%', `${ID}0`, ''])('“%s” is no code', (word) => {
  expect(idEndOf(word)).toBe(null)
})
