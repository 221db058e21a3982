import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { formatProviders } from '../../src/main/cli/providers.ts'
import type { FoundProvider, Measured } from '../../src/shared/providers.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const found: FoundProvider[] = [
  { id: 'onnxruntime-cpu', role: 'read' },
  { id: 'tfjs-wasm', role: 'read' },
  { id: 'onnxruntime-cuda', role: 'none' },
  { id: 'tensorflow', role: 'train' },
]
const works = { state: 'works', engine: 'x 1', difference: 0, single: 2.04, batch: 1.5 } as const
const measured: Measured = {
  at: '2026-11-29T09:00:00.000Z',
  version: '0.1.0',
  model: 'efl0-2',
  machine: { cpu: 'Xeon', cores: 2, gpu: null },
  outcomes: {
    'onnxruntime-cpu': { state: 'refused', reason: '0.3' },
    'tfjs-wasm': works,
    'onnxruntime-cuda': { state: 'missing', reason: 'Failed to load shared library' },
    tensorflow: works,
  },
}

it('lists what was found while nothing was measured', () => {
  const args = [MAIN, 'engine', 'providers', '--json', '--data-dir', join(temporaryFolder(), 'data')]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(0)
  const told = JSON.parse(stdout) as { found: FoundProvider[]; measured: null }
  expect(told.measured).toBeNull()
  expect(told.found).toEqual(expect.arrayContaining([found[0], found[1], found[3]]))
})

it('says of each how quick it is and why it is not used, and from when that is', () => {
  expect(formatProviders(found, measured)).toEqual([
    'Measured 2026-11-29T09:00:00.000Z by Gyrus 0.1.0 with efl0-2 on Xeon, 2 processors:',
    '  onnxruntime-cpu      not used: its answers to the golden images differ by 0.3',
    '  tfjs-wasm            2.0 ms an image alone, 1.5 ms in batches of 16; reads (x 1)',
    '  onnxruntime-cuda     not used: not found here: Failed to load shared library',
    '  tensorflow           2.0 ms an image alone, 1.5 ms in batches of 16; trains; scans are not read with it (x 1)',
  ])
})
