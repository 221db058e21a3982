import { expect, test } from 'vitest'
import { CAUTIONS, meaningless } from '../../src/shared/cautions.ts'

const grey = { empty: false, channels: 1 }

test('an answer about what is no MR image, in colour or empty means nothing, and says why', () => {
  for (const modality of ['', 'MR', 'OT', 'SC']) expect(meaningless(grey, modality)).toBeNull()
  expect(meaningless(grey, 'CT')).toBe(CAUTIONS.otherModality('CT'))
  expect(meaningless({ ...grey, channels: 3 }, 'SC')).toBe(CAUTIONS.inColour)
  expect(meaningless({ ...grey, empty: true }, 'MR')).toBe(CAUTIONS.isEmpty)
  expect(meaningless(null, 'NM')).toBe(CAUTIONS.otherModality('NM'))
  expect(meaningless(null, 'MR')).toBeNull()
})
