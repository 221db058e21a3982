import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const CONFIG = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')

test.for([
  ['runAsNode', false],
  ['enableCookieEncryption', true],
  ['enableNodeOptionsEnvironmentVariable', false],
  ['enableNodeCliInspectArguments', false],
  ['enableEmbeddedAsarIntegrityValidation', true],
  ['onlyLoadAppFromAsar', true],
  ['grantFileProtocolExtraPrivileges', false],
] as const)('the fuse %s is set to %s', ([fuse, value]) => {
  expect(CONFIG).toMatch(new RegExp(`^  ${fuse}: ${value}$`, 'm'))
})

test('nothing is published, and nothing updates itself', () => {
  expect(CONFIG).toMatch(/^publish: null$/m)
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(Object.keys(dependencies)).not.toContain('electron-updater')
})

test('what is packed for this platform is whole, runs by itself, and has nothing superfluous', {
  timeout: 600_000,
}, (context) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'package', 'check.ts')], {
    encoding: 'utf8',
  })
  // electron-builder comes by npm, and only this test needs it.
  if (/npm ci failed|ENOTFOUND|EAI_AGAIN/.test(stderr)) context.skip(`not run: ${stderr.trim().split('\n').at(-1)}`)
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining(': ') })
  expect(stdout).toMatch(/runs: \d\d packages that the bundles load/)
  expect(stdout).toContain('runs: classify (meningioma)')
  expect(stdout).toMatch(/runs: the screens by loopback \(\d+ files\)/)
})
