import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCandidates, findNativeEngine } from '../../src/main/native-engine/find.ts'
import { partsFor } from '../../src/main/native-engine/parts.ts'
import { missingCudaLibraries, probeBy } from '../../src/main/native-engine/probe.ts'
import { nativeEngineStatus } from '../../src/main/native-engine/status.ts'
import { temporaryFolder } from '../support/cleanup.ts'

/** A folder whose packages are looked at, in place of ours. */
class Project {
  readonly root = temporaryFolder()
  readonly options = { packagesOf: join(this.root, 'a.js') }

  /** Puts a package there, with a binding unless it was never built. */
  add(name: string, { version = '4.22.0', built = true } = {}): string {
    const dir = join(this.root, 'node_modules', '@tensorflow', name)
    mkdirSync(join(dir, 'lib', 'napi-v8'), { recursive: true })
    writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: `@tensorflow/${name}`, version }))
    if (built) writeFileSync(join(dir, 'lib', 'napi-v8', 'tfjs_binding.node'), 'no binding')
    return dir
  }

  async reasons(): Promise<string[]> {
    const { others } = await nativeEngineStatus(this.root, this.options)
    return others.map(({ reason }) => reason)
  }
}

describe('the native engine is', () => {
  it('the package for a GPU before the other one', async () => {
    const project = new Project()
    project.add('tfjs-node')
    const dir = project.add('tfjs-node-gpu')
    expect(await findNativeEngine(project.root, project.options)).toMatchObject({ kind: 'gpu-package', dir })
    expect(await project.reasons()).toContain('@tensorflow/tfjs-node 4.22.0 is there; another one comes first')
  })

  it('not a package whose own installation brought no binding', async () => {
    const project = new Project()
    project.add('tfjs-node', { built: false })
    expect(await project.reasons()).toContain(
      '@tensorflow/tfjs-node has no compiled binding: its own installation did not finish',
    )
  })

  it('not a package of another release', async () => {
    const project = new Project()
    project.add('tfjs-node', { version: '4.21.0' })
    expect(await project.reasons()).toContain('@tensorflow/tfjs-node is version 4.21.0; this Gyrus needs 4.22.0')
  })

  it('missing where there is none, and that is said', async () => {
    const project = new Project()
    await expect(findNativeEngine(project.root, project.options)).rejects.toMatchObject({
      code: 'native-engine-missing',
    })
    const { training, used } = await nativeEngineStatus(project.root, project.options)
    expect({ training, used }).toEqual({ training: 'head-only', used: null })
    expect((await findCandidates(project.root, project.options)).map(({ kind }) => kind)).toEqual([
      'gpu-package',
      'package',
      'installed',
    ])
  })
})

it.for(['win32-x64', 'darwin-arm64', 'linux-x64-musl'])('there is nothing to install on %s', (platform) => {
  expect(() => partsFor(platform)).toThrow(expect.objectContaining({ code: 'native-engine-unsupported' }))
})

describe('an engine that is tried', () => {
  it('and is no library: why', async () => {
    const dir = new Project().add('tfjs-node')
    await expect(probeBy()(dir)).rejects.toMatchObject({
      code: 'native-engine-unusable',
      details: { reason: expect.stringContaining('tfjs_binding.node') },
    })
  })

  it.for([
    ['SIGILL', 'the processor lacks instructions that it needs, such as AVX'],
    ['SIGSEGV', 'SIGSEGV'],
  ] as const)('and dies of %s: so it is said', async ([signal, reason]) => {
    const entry = join(temporaryFolder(), 'dies.mjs')
    writeFileSync(entry, `process.kill(process.pid, '${signal}')`)
    await expect(probeBy(entry)('')).rejects.toMatchObject({ code: 'native-engine-unusable', details: { reason } })
  })
})

/** The GPU cannot be tried here; the lines are TensorFlow's own, of 2.9 (in tfjs-node-gpu 4.22) and later. */
it('libraries of CUDA that are missing are named once', () => {
  const log = `
    W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file: No such file or directory
    W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'; dlerror: libcudnn.so.8: cannot open shared object file
    W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'; dlerror: libcudnn.so.8: cannot open shared object file`
  expect(missingCudaLibraries(log)).toEqual(['libcudart.so.11.0', 'libcudnn.so.8'])
})
