import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FoundRegion, USUAL_ASYMMETRY } from '../../src/shared/brain-region.ts'
import { regionText } from '../../src/shared/region-words.ts'

const measured = join(import.meta.dirname, '../../docs/runs/brain-region/asymmetry.json')
const region: FoundRegion = {
  ...{ found: true, area: 0.4, areaCm2: null, mean: 90, sd: 20 },
  percentiles: { p5: 1, p25: 2, p50: 3, p75: 4, p95: 5 },
  ...{ asymmetry: 0.31, noAsymmetry: null },
}

test('what an asymmetry is held against is what was measured', () => {
  const { rows } = JSON.parse(readFileSync(measured, 'utf8'))
  const { compared, low, high } = rows.find(({ name }: { name: string }) => name === 'No tumour')
  expect(USUAL_ASYMMETRY).toEqual({ images: compared, low, high })
})

test('an asymmetry is told with what images without a tumour have, and that it is no detector; none without', () => {
  const told = regionText(region)
  expect(told).toContain('Asymmetry index: 0.31 (half of 182 images without a tumour: 0.14–0.28)')
  expect(told).toContain('no detector')
  expect(regionText({ ...region, asymmetry: null, noAsymmetry: 'plain' })).not.toContain('no detector')
})
