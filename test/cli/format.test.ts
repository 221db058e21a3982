import { expect, test } from 'vitest'
import { formatJson, formatText } from '../../src/main/cli/format.ts'
import type { Outcome } from '../../src/main/core/analyser.ts'

const outcome: Extract<Outcome, { status: 'analysed' }> = {
  ...{ caseId: 'c', fileName: 'a.png', status: 'analysed', label: 'glioma', region: { found: false }, frames: null },
  cautions: [],
  ...{ modelId: 'm', ms: 1, gate: { verdict: 'near', reasons: [] }, set: [] },
  confidences: { glioma: 0.43, meningioma: 0.1, notumor: 0.39, pituitary: 0.08 },
}
const CAUTION = 'The model is sure of none: each class is usually told more plainly (5 % error)'

test('an empty set is told with a caution, as text and as JSON; others have none', () => {
  expect(formatText('a.png', outcome)).toContain(`[caution: ${CAUTION}]`)
  expect(JSON.parse(formatJson('a.png', outcome))).toMatchObject({ set: [], cautions: [CAUTION] })
  expect(JSON.parse(formatJson('a.png', { ...outcome, set: ['glioma'] }))).toMatchObject({ cautions: [] })
  const header = { ...outcome, set: null, cautions: ['of the header'] }
  expect(JSON.parse(formatJson('a.dcm', header))).toMatchObject({ cautions: ['of the header'] })
  expect(formatText('a.dcm', header)).toContain('[caution: of the header]')
})
