import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { findNativeEngine } from '../../src/main/native-engine/find.ts'
import { removeNativeEngine } from '../../src/main/native-engine/remove.ts'
import { nativeEngineStatus } from '../../src/main/native-engine/status.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import { INSTALL_STEPS, type InstallProgress } from '../../src/shared/native-engine.ts'
import { mountSmallDisk } from '../support/mount.ts'
import { type ProgramName, Workshop } from './workshop.ts'

const ALL_CALLS = ['python3', 'npm binding@1', 'npm headers@1', 'c++', 'c++']
const NO_POSIX = process.platform === 'win32' && 'not run: the stand-ins for pip and npm are POSIX shell scripts'

/** A machine; on one without a POSIX shell the test is skipped. */
function openWorkshop(skip: (note: string) => never): Workshop {
  return NO_POSIX ? skip(NO_POSIX) : new Workshop()
}

describe('a whole installation', () => {
  it('has the engine, its manifest and licences, and leaves nothing else', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const { dir, manifest } = await workshop.install()
    expect(workshop.calls()).toEqual(ALL_CALLS)
    expect(Object.keys(manifest.files).sort()).toEqual([
      'LICENSE',
      'THIRD_PARTY_NOTICES.txt',
      'deps/lib/libtensorflow_cc.so.2',
      'deps/lib/libtensorflow_framework.so.2',
      'dist/a.js',
      'lib/napi-v8/mute.node',
      'lib/napi-v8/tfjs_binding.node',
      'package.json',
    ])
    expect(readFileSync(join(dir, 'deps/lib/libtensorflow_cc.so.2'), 'utf8')).toBe(
      'of tensorflow/libtensorflow_cc.so.2',
    )
    expect(readdirSync(workshop.places.root)).toEqual(['test-1'])
  })

  it('is not repeated', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    await workshop.install()
    workshop.calls()
    await workshop.install()
    expect(workshop.calls()).toEqual([])
  })

  it('tells its progress in order, from nothing to all', async ({ skip }) => {
    const told: InstallProgress[] = []
    await openWorkshop(skip).install({ onProgress: (progress) => told.push(progress) })
    expect([...new Set(told.map(({ step }) => step))]).toEqual([...INSTALL_STEPS])
    const shares = told.map(({ share }) => share)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect([shares[0], shares.at(-1)]).toEqual([0, 1])
    expect(told[0]?.secondsLeft).toBeNull()
    expect(told.at(-1)?.secondsLeft).toBe(0)
  })

  it('is gone after removing it', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    await workshop.install()
    expect(await removeNativeEngine(workshop.dataDir)).toBeGreaterThan(100)
    expect(readdirSync(workshop.dataDir)).toEqual([])
    expect(await removeNativeEngine(workshop.dataDir)).toBe(0)
  })
})

describe('what stands in the way is named', () => {
  it.for<[ProgramName, string]>([
    ['c++', 'native-engine-no-compiler'],
    ['python3', 'native-engine-no-python'],
    ['npm', 'native-engine-no-npm'],
  ])('no %s', async ([name, code], { skip }) => {
    const workshop = openWorkshop(skip)
    rmSync(workshop.programPath(name))
    await expect(workshop.install()).rejects.toMatchObject({ code })
    expect(workshop.calls()).toEqual([])
    const { install } = await nativeEngineStatus(workshop.dataDir, { env: workshop.env, parts: workshop.parts })
    expect(install.obstacles.map((obstacle) => obstacle.code)).toEqual([code])
  })

  it('python3 without pip', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    workshop.provide('python3', '#!/bin/sh\nexit 1\n')
    await expect(workshop.install()).rejects.toMatchObject({ code: 'native-engine-no-python' })
  })

  it('no space', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    workshop.parts.library.unpackedBytes = 1e18
    await expect(workshop.install()).rejects.toMatchObject({
      code: 'native-engine-disk-space',
      details: { neededMegabytes: expect.toSatisfy((megabytes: number) => megabytes > 1e11) },
    })
  })

  it('a disk that fills up meanwhile', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const problem = mountSmallDisk(workshop.dataDir, 60_000)
    skip(problem !== null, problem ?? '')
    // Takes all that is left when everything was checked.
    workshop.provide('c++', `#!/bin/sh\n/bin/cat /dev/zero > ${join(workshop.dataDir, 'filler')}\n`)
    await expect(workshop.install()).rejects.toMatchObject({
      code: 'native-engine-disk-space',
      details: { freeMegabytes: 0 },
    })
    rmSync(join(workshop.dataDir, 'filler'))
    workshop.provide('c++')
    await workshop.install()
  })

  it('a data folder that is none', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    rmSync(workshop.dataDir, { recursive: true })
    writeFileSync(workshop.dataDir, '')
    await expect(workshop.install()).rejects.toMatchObject({
      code: 'data-folder-unusable',
      details: { reason: 'ENOTDIR' },
    })
  })

  it.for<[ProgramName, string, string]>([
    ['python3', 'echo "ERROR: No matching distribution found" >&2', 'No matching distribution found'],
    ['npm', 'echo "npm error code E404\nnpm error 404 Not Found" >&2', '404 Not Found'],
  ])('%s cannot fetch', async ([name, says, reason], { skip }) => {
    const workshop = openWorkshop(skip)
    workshop.provide(name, `#!/bin/sh\n[ "$3" = --version ] && exit 0\n${says}\nexit 1\n`)
    await expect(workshop.install()).rejects.toMatchObject({ code: 'native-engine-download', details: { reason } })
  })

  it('an engine that does not run', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const probe = async () => {
      throw new GyrusError('native-engine-unusable', { reason: 'SIGILL' })
    }
    await expect(workshop.install({ probe })).rejects.toMatchObject({ code: 'native-engine-unusable' })
    await expect(findNativeEngine(workshop.dataDir, workshop)).rejects.toMatchObject({ code: 'native-engine-missing' })
  })

  it('another installation', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const first = workshop.install()
    await expect(workshop.install()).rejects.toMatchObject({ code: 'native-engine-busy' })
    await expect(removeNativeEngine(workshop.dataDir)).rejects.toMatchObject({ code: 'native-engine-busy' })
    await first
  })

  it('but not one that was killed', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    mkdirSync(workshop.places.root)
    // Above the largest number that Linux gives.
    writeFileSync(workshop.places.lock, '4194305')
    await workshop.install()
    expect(existsSync(workshop.places.lock)).toBe(false)
  })
})

describe('what was stopped goes on', () => {
  it('from the step that failed', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    workshop.provide('c++', '#!/bin/sh\necho "a.cc:1: error: no such type"\nexit 1\n')
    await expect(workshop.install()).rejects.toMatchObject({
      code: 'native-engine-build',
      details: { reason: 'a.cc:1: error: no such type' },
    })
    workshop.calls()
    workshop.provide('c++')
    await workshop.install()
    expect(workshop.calls()).toEqual(['c++', 'c++'])
  })

  it('from a download that was cancelled, without what had come of it', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    workshop.provide(
      'python3',
      `#!/bin/sh
[ "$3" = --version ] && exit 0
echo half > "$TMPDIR/half"
echo $$ >> "$LOG"
/bin/sleep 60
`,
    )
    const abort = new AbortController()
    const failed = expect(workshop.install({ signal: abort.signal })).rejects.toMatchObject({
      code: 'native-engine-cancelled',
    })
    let pid: number | undefined
    while (!pid) {
      await sleep(20)
      pid = Number(workshop.calls()[0])
    }
    abort.abort()
    await failed
    expect(() => process.kill(pid, 0)).toThrow()
    expect(readdirSync(workshop.places.work)).toEqual([])
    workshop.provide('python3')
    await workshop.install()
    expect(workshop.calls()).toEqual(ALL_CALLS)
  })

  it('after a kill in the middle of a step', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    mkdirSync(join(workshop.places.work, 'scratch', 'tmp'), { recursive: true })
    writeFileSync(join(workshop.places.work, 'scratch', 'library.whl'), 'half')
    await workshop.install()
    expect(readdirSync(workshop.places.root)).toEqual(['test-1'])
  })

  it('but a file that changed meanwhile is fetched again', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    workshop.provide('npm', '#!/bin/sh\nexit 1\n')
    await expect(workshop.install()).rejects.toMatchObject({ code: 'native-engine-download' })
    const kept = join(workshop.places.work, 'library.whl')
    writeFileSync(kept, readFileSync(kept).fill(0, 0, 1))
    workshop.provide('npm')
    workshop.calls()
    await workshop.install()
    expect(workshop.calls()).toEqual(ALL_CALLS)
  })
})

describe('what was altered is not used', () => {
  it('of what is fetched', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    writeFileSync(join(workshop.archives, 'headers.tgz'), 'something else')
    await expect(workshop.install()).rejects.toMatchObject({
      code: 'native-engine-altered',
      details: { file: 'headers.tgz' },
    })
    expect(readdirSync(workshop.places.work).sort()).toEqual(['binding.tgz', 'library.whl'])
  })

  it('of what is installed: found by its hash', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const { dir } = await workshop.install()
    const library = join(dir, 'deps/lib/libtensorflow_cc.so.2')
    writeFileSync(library, readFileSync(library).fill(0, 0, 1))
    const { check } = await nativeEngineStatus(workshop.dataDir, { ...workshop, verify: true })
    expect(check).toMatchObject({ code: 'native-engine-altered', message: expect.stringContaining('libtensorflow_cc') })
  })

  it('and one with a file missing counts as none, and is made whole', async ({ skip }) => {
    const workshop = openWorkshop(skip)
    const { dir } = await workshop.install()
    rmSync(join(dir, 'deps/lib/libtensorflow_cc.so.2'))
    await expect(findNativeEngine(workshop.dataDir, workshop)).rejects.toMatchObject({ code: 'native-engine-missing' })
    await workshop.install()
    expect(await findNativeEngine(workshop.dataDir, workshop)).toMatchObject({ kind: 'installed', dir })
  })
})
