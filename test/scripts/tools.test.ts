import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensureLibraries, ensureTool } from '../../scripts/tools.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gyrus-tools-'))
  symlinkSync('/bin/sh', join(folder, 'sh'))
  vi.stubEnv('PATH', folder)
  vi.stubEnv('GYRUS_CHROMIUM', undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function program(name: string, script = ''): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${script}`)
  chmodSync(path, 0o755)
  return path
}

const asUser = (id: number) => vi.spyOn(process, 'getuid').mockReturnValue(id)

test('the variable comes first, and says when it is wrong', () => {
  program('chromium')
  vi.stubEnv('GYRUS_CHROMIUM', program('mine'))
  expect(ensureTool('chromium')).toEqual({ path: join(folder, 'mine') })
  vi.stubEnv('GYRUS_CHROMIUM', '/not/there')
  expect(ensureTool('chromium').reason).toContain('/not/there')
})

test('then PATH', () => {
  expect(ensureTool('chromium').reason).toContain('no apt-get')
  program('google-chrome')
  expect(ensureTool('chromium')).toEqual({ path: join(folder, 'google-chrome') })
})

test('root installs it', () => {
  asUser(0)
  program('apt-get', `case "$*" in *" install "*) : > ${folder}/chromium; /bin/chmod +x ${folder}/chromium;; esac`)
  expect(ensureTool('chromium')).toEqual({ path: join(folder, 'chromium') })
})

test('or says why not', () => {
  asUser(1000)
  program('apt-get', 'exit 100')
  expect(ensureTool('chromium').reason).toContain('only root')
  asUser(0)
  expect(ensureTool('chromium').reason).toContain('apt-get update failed')
})

test('libraries that a program lacks are installed, or named with the reason', () => {
  program('ldd', `[ -e ${folder}/libb.so.1 ] && echo 'liba.so.1 => /lib/liba.so.1' || echo 'libb.so.1 => not found'`)
  asUser(1000)
  program('apt-get', `case "$*" in *" install "*libb) : > ${folder}/libb.so.1;; esac`)
  const refused = ensureLibraries('/opt/electron', ['libb'])
  expect(refused).toContain('libb.so.1')
  expect(refused).toContain('only root')
  asUser(0)
  expect(ensureLibraries('/opt/electron', ['libb'])).toBeUndefined()
  // Nothing is missing now, and nothing is installed.
  program('apt-get', 'exit 100')
  expect(ensureLibraries('/opt/electron', ['libb'])).toBeUndefined()
})
