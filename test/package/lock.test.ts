import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8')) as unknown

interface Named {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}
const { packages } = read('package-lock.json') as {
  packages: Record<string, Partial<Named> & { version?: string; integrity?: string }>
}
const { dependencies, devDependencies } = read('package.json') as Named

test('each package that is asked for is asked for in one version, the one of the lockfile', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
  expect(packages['']).toMatchObject({ dependencies, devDependencies })
})

test('the lockfile says of each package which bytes it is', () => {
  const locked = Object.entries(packages).filter(([name]) => name !== '')
  expect(locked.length).toBeGreaterThan(100)
  const open = locked.filter(([, { version, integrity }]) => !version || !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
  expect(open.map(([name]) => name)).toEqual([])
})
