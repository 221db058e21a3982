import { onTestFinished } from 'vitest'
import { type CoreOptions, type OpenCore, openCore } from '../../src/main/compose.ts'
import type { Outcome } from '../../src/main/core/analyser.ts'
import type { Core } from '../../src/main/core/index.ts'
import { findFiles } from '../../src/main/core/intake/find.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { CALLER, READER, signIn } from './accounts.ts'
import type { OnEnd } from './cleanup.ts'
import { sharedEngine } from './engines.ts'

/** A core with the real store and engine, whose engine processes a test file shares; closed at the end. */
export async function openTestCore(
  dataDir: string,
  options: CoreOptions = {},
  onEnd: OnEnd = onTestFinished,
): Promise<OpenCore> {
  const { core, close } = await openCore(dataDir, { startEngine: sharedEngine(), ...options })
  let closed: Promise<void> | undefined
  const closeOnce = (goOn: string | null = null) => {
    closed ??= close(goOn)
    return closed
  }
  onEnd(() => closeOnce())
  return { core, close: closeOnce }
}

/** Opens files and folders as the command line does; outcomes in the files' order. */
export async function openPaths(core: Core, ...paths: string[]): Promise<Outcome[]> {
  const files = await Array.fromAsync(findFiles(paths))
  return Array.fromAsync(core.intake.open(files, { actor: READER, source: 'file' }))
}

/** What a page at which the test's reader is signed in would get; throws the failure where there is one. */
export async function ask<N extends RequestName>(
  core: Core,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  await signIn(core)
  const reply = await core.request(name, input, CALLER)
  if ('failure' in reply) throw new Error(`${reply.failure.code}: ${reply.failure.message}`)
  return reply.ok as RequestOutput<N>
}
