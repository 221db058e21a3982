import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { NativeEngine, type NativeEngineSource } from '../../src/main/core/native-engine.ts'
import { openStore } from '../../src/main/store/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { GyrusError } from '../../src/shared/errors.ts'
import type { InstallProgress } from '../../src/shared/native-engine.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'

const NONE: Awaited<ReturnType<NativeEngineSource['status']>> = {
  training: 'head-only',
  used: null,
  others: [],
  obstacles: [],
  unfinishedBytes: 0,
}
const HALF: InstallProgress = { step: 'unpack', index: 4, of: 7, share: 0.5, secondsLeft: 10 }

it('is asked for by the contract, on this machine as it is', async () => {
  const { core } = await openTestCore(temporaryFolder())
  const found = await ask(core, 'nativeEngine.get', {})
  expect(found).toMatchObject({ progress: null, failure: null })
  expect(found.others.map(({ kind }) => kind)).toContain('installed')
  expect(await ask(core, 'nativeEngine.remove', {})).toEqual({ freedBytes: 0 })
})

it('is installed in the background: progress is told, a failure stays until the next try, cancelling waits for the end', async () => {
  const events: string[] = []
  const tries: PromiseWithResolvers<void>[] = []
  const source: NativeEngineSource = {
    status: async () => NONE,
    remove: async () => 0,
    install: async ({ signal, onProgress }) => {
      const one = Promise.withResolvers<void>()
      tries.push(one)
      signal.addEventListener('abort', () => one.reject(new GyrusError('native-engine-cancelled')))
      onProgress(HALF)
      await one.promise
    },
  }
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const engine = new NativeEngine(source, store, ({ type }) => events.push(type))
  engine.install('Dr A')
  engine.install('Dr A')
  await expect.poll(() => tries.length).toBe(1)
  expect(await engine.info()).toMatchObject({ ...NONE, progress: HALF, failure: null })
  await engine.cancel()
  expect(await engine.info()).toMatchObject({ progress: null, failure: { code: 'native-engine-cancelled' } })
  engine.install('Dr A')
  await expect.poll(() => tries.length).toBe(2)
  expect(await engine.info()).toMatchObject({ progress: HALF, failure: null })
  tries[1]?.resolve()
  await expect.poll(async () => (await engine.info()).progress).toBe(null)
  expect((await engine.info()).failure).toBe(null)
  expect(new Set(events)).toEqual(new Set(['native-engine']))
  const { entries } = await store.listAudit(auditQuerySchema.parse({}), null, 10)
  expect(entries.map(({ act, actor, detail }) => [act, actor, detail])).toEqual([
    ['native-engine.installed', 'Dr A', '{}'],
    ['native-engine.install-began', 'Dr A', '{}'],
    ['native-engine.install-failed', 'Dr A', '{"code":"native-engine-cancelled"}'],
    ['native-engine.install-began', 'Dr A', '{}'],
  ])
})
