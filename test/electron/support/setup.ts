import type { TestProject } from 'vitest/node'
import { ensureRenderer } from '../../../scripts/renderer.ts'
import { buildForOldElectron } from './bundles.ts'
import { ensureOldElectron, type OldElectron } from './program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    oldElectron: OldElectron
    /** Why the shell or the screens could not be built; empty when they were. */
    bundlesFailure: string
  }
}

/** Runs once before the first test in Electron; test.ts skips or fails each test for what is missing here. */
export default async function setup(project: TestProject): Promise<void> {
  const electron = ensureOldElectron()
  project.provide('oldElectron', electron)
  project.provide('bundlesFailure', '')
  if (electron.reason) return
  try {
    await buildForOldElectron()
    // What npm start serves where it does not open Electron.
    await ensureRenderer()
  } catch (error) {
    process.stderr.write(`${error}\n`)
    project.provide('bundlesFailure', 'the shell cannot be built; the reason stands above')
  }
}
