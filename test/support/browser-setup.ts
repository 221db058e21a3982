import type { TestProject } from 'vitest/node'
import { ensureRenderer } from '../../scripts/renderer.ts'
import { ensureTool, type Found } from '../../scripts/tools.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: Found
    /** Why the screens could not be built; empty when they were. */
    rendererFailure: string
  }
}

/**
 * Runs once before the first browser test. Neither a missing browser nor broken screens may end the run here, for the
 * other tests have something to say; `page` of browser.ts skips or fails each test for it.
 */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', ensureTool('chromium'))
  try {
    await ensureRenderer()
    project.provide('rendererFailure', '')
  } catch (error) {
    process.stderr.write(`${error}\n`)
    project.provide('rendererFailure', 'the screens cannot be built; the reason stands above')
  }
}
