import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DEFAULT_RULE } from '../../src/shared/source-rule.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

it('sets the listener and watched folders, and lists them', () => {
  const folder = temporaryFolder()
  const data = ['--data-dir', join(folder, 'data')]
  const gyrus = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'sources', ...args, ...data], { encoding: 'utf8', input: '' })
  mkdirSync(join(folder, 'in'))

  expect(gyrus('watch', join(folder, 'in')).stdout).toContain('DICOM listener off: GYRUS at 127.0.0.1, port 11112')
  expect(gyrus('watch', join(folder, 'none')).stderr).toContain('[source-folder-unfit]')
  const peers = ['--peer', 'MR1@10.1.2.3', '--peer', 'MR 2@10.1.3.0/24']
  const set = gyrus('listener', '--on', '--ae-title', 'GYRUS1', '--port', '104', ...peers)
  expect([set.status, set.stderr]).toEqual([0, ''])
  for (const wrong of [
    ['--port', '70000'],
    ['--peer', 'MR1'],
    ['--address', 'here'],
    ['--ae-title', 'a\\b'],
  ]) {
    expect(gyrus('listener', ...wrong)).toMatchObject({ status: 1, stderr: expect.stringContaining('is invalid') })
  }
  const { listener, folders } = JSON.parse(gyrus('list', '--json').stdout)
  expect(listener).toMatchObject({
    ...{ on: true, aeTitle: 'GYRUS1', port: 104, address: '127.0.0.1' },
    peers: [
      { aeTitle: 'MR1', address: '10.1.2.3' },
      { aeTitle: 'MR 2', address: '10.1.3.0/24' },
    ],
  })
  expect(folders).toMatchObject([{ path: join(folder, 'in'), on: true, subFolders: true }])
  expect(listener.rule).toEqual(DEFAULT_RULE)
  const rule = gyrus(
    'rule',
    join(folder, 'in'),
    '--body-part',
    'head',
    '--body-part',
    'BRAIN',
    '--no-pictures',
    '--list',
  )
  expect([rule.status, rule.stderr]).toEqual([0, ''])
  expect(rule.stdout).toContain(
    'Takes MR and files that name none; HEAD, BRAIN and files that name none; no pictures. Only listed.',
  )
  expect(gyrus('rule', 'listener', '--any-modality', '--not-described-by', 'scout').stdout).toContain(
    'Takes any modality; any body part; not described by “scout”. Classified at once.',
  )
  expect(gyrus('rule', 'listener', '--usual').stdout).toContain(
    '  Takes MR and files that name none; any body part. Class',
  )
  expect(gyrus('rule', 'listener', '--modality', 'M\\R')).toMatchObject({ status: 1 })
  expect(gyrus('rule', join(folder, 'none'), '--list').stderr).toContain('[source-unknown]')
  expect(gyrus('unwatch', join(folder, 'in')).status).toBe(0)
  expect(gyrus('list').stdout).not.toContain('Watched')
  expect(gyrus('unwatch', join(folder, 'in')).stderr).toContain('[source-unknown]')
}, 120_000)
