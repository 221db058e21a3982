import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditPackages, readAudit } from '../../scripts/audit-packages.ts'
import { billOfMaterials } from '../../scripts/sbom.ts'
import { type Lock, shippedPackages } from '../../scripts/shipped.ts'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')) as Lock

test('the bill of materials names all that ships, once, with its licence, and nothing else', {
  timeout: 60_000,
}, () => {
  const bill = billOfMaterials()
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: { name: 'gyrus' } } })
  const named = bill.components.map(({ name, version }) => `${name}@${version}`)
  const ships = shippedPackages(lock).map(({ name, version }) => `${name}@${version}`)
  expect(named.toSorted()).toEqual([...new Set(ships)].sort())
  const refs = new Set([bill.metadata.component['bom-ref'], ...bill.components.map((one) => one['bom-ref'])])
  for (const { ref, dependsOn } of bill.dependencies) for (const one of [ref, ...dependsOn]) expect(refs).toContain(one)
})

test('no weakness of high severity is known of what ships', { timeout: 60_000 }, (context) => {
  const { notRun, found } = auditPackages()
  if (notRun !== null) context.skip(`not run: ${notRun}`)
  expect(found).toEqual([])
})

test('an audit tells what ships from what only builds, and an answer from none', () => {
  const vulnerabilities = {
    zod: { name: 'zod', severity: 'high', via: [{ title: 'Takes too long' }] },
    hono: { name: 'hono', severity: 'moderate', via: [{ title: 'Says too much' }] },
    vitest: { name: 'vitest', severity: 'critical', via: ['vite'] },
  }
  expect(readAudit(JSON.stringify({ vulnerabilities }), lock)).toEqual({
    notRun: null,
    found: [{ name: 'zod', severity: 'high', title: 'Takes too long' }],
  })
  expect(readAudit('', lock)).toMatchObject({ notRun: 'npm gave no answer', found: [] })
})
