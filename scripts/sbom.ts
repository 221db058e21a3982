/** `npm run sbom`: writes dist/gyrus.cdx.json, what ships with Gyrus as a CycloneDX bill of materials, made of the lockfile alone. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Lock, shippedPackages } from './shipped.ts'

const ROOT = dirname(import.meta.dirname)

interface Bill {
  bomFormat: string
  specVersion: string
  metadata: { component: { name: string; version: string; 'bom-ref': string; type: string } }
  components: { name: string; version: string; 'bom-ref': string; scope?: string; properties?: { name: string }[] }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/** As npm writes it, without what only builds and tests. @throws Error where npm cannot */
export function billOfMaterials(): Bill {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64e6 })
  if (status !== 0) throw new Error(`npm sbom: ${stderr}`)
  const bill = JSON.parse(stdout) as Bill
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock
  const ships = new Set(shippedPackages(lock).map(({ name, version }) => `${name}@${version}`))
  const components = bill.components
    .filter(({ name, version }) => ships.has(`${name}@${version}`))
    // Part of the screens, which npm takes for tools because Vite builds them in.
    .map(({ scope: _, properties: __, ...component }) => ({ ...component, scope: 'required' }))
  const own = bill.metadata.component
  const kept = new Set([own['bom-ref'], ...components.map((component) => component['bom-ref'])])
  return {
    ...bill,
    metadata: { ...bill.metadata, component: { ...own, name: 'gyrus', type: 'application' } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
  }
}

if (import.meta.main) {
  const path = join(ROOT, 'dist', 'gyrus.cdx.json')
  mkdirSync(dirname(path), { recursive: true })
  const bill = billOfMaterials()
  writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`${bill.components.length} packages: ${path}`)
}
