import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as util from 'node:util'
import { describe, expect, it } from 'vitest'
import { loadNativeBackend } from '../../src/main/engine/train/native.ts'
import { explainNativeError, isOutOfMemory } from '../../src/main/engine/train/native-errors.ts'
import { moduleLoader } from '../../src/main/engine/train/native-modules.ts'
import { temporaryFolder } from '../support/cleanup.ts'

function writeModules(files: Record<string, string>): string {
  const root = temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

describe('modules of tfjs-node', () => {
  it('share what they are given, and load each other once, also in a circle', () => {
    const root = writeModules({
      'dist/a.js': `exports.core = require('core'); exports.b = require('./b'); exports.again = require('./b')`,
      'dist/b/index.js': `exports.a = require('../a'); exports.file = require('./c.js')`,
      'dist/b/c.js': `module.exports = __dirname`,
    })
    const core = {}
    const a = moduleLoader(root, { core })('./dist/a') as {
      core: object
      b: { a: object; file: string }
      again: object
    }
    expect(a.core).toBe(core)
    expect(a.again).toBe(a.b)
    expect(a.b).toEqual({ a, file: join(root, 'dist', 'b') })
  })

  it('have the functions that util lost, and nobody else has them', () => {
    const root = writeModules({
      'a.js': `const u = require('util'); module.exports = [u.isNullOrUndefined(null), u.isArray([]), u.inspect(1)]`,
    })
    expect(moduleLoader(root, {})('./a')).toEqual([true, true, '1'])
    expect(Object.keys(util)).not.toContain('isNullOrUndefined')
  })

  it('get a file replaced', () => {
    const root = writeModules({ 'dist/a.js': `module.exports = require('./proto/b')` })
    expect(moduleLoader(root, { 'dist/proto/b': 1 })('./dist/a')).toBe(1)
  })

  it('cannot load other packages', () => {
    const root = writeModules({ 'a.js': `require('sharp')` })
    expect(() => moduleLoader(root, {})('./a')).toThrow('sharp')
  })
})

it('a folder without an engine is said to have none', async () => {
  await expect(loadNativeBackend(temporaryFolder())).rejects.toMatchObject({ code: 'native-engine-missing' })
})

describe('errors of the native engine are explained', () => {
  it.for([
    [
      'libcudart.so.11.0: cannot open shared object file: No such file or directory',
      'native-engine-library-missing',
      { library: 'libcudart.so.11.0' },
    ],
    [
      'dlopen(/a/tfjs_binding.node, 0x0001): Library not loaded: @rpath/libtensorflow.2.dylib\n  Referenced from: /a',
      'native-engine-library-missing',
      { library: 'libtensorflow.2.dylib' },
    ],
    [
      'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64,96,80,80] on GPU:0 by allocator GPU_0_bfc',
      'native-engine-memory',
      {},
    ],
    ['invalid ELF header\nat line 2', 'native-engine-unusable', { reason: 'invalid ELF header' }],
  ] as const)('%s', ([message, code, details]) => {
    expect(explainNativeError(new Error(message))).toMatchObject({ code, details })
    expect(isOutOfMemory(new Error(message))).toBe(code === 'native-engine-memory')
  })
})
