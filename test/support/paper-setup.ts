import type { TestProject } from 'vitest/node'
import { ensureTool, type Found } from '../../scripts/tools.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What draws pages of a PDF, or why it cannot be had. */
    pdftoppm: Found
  }
}

/** Once for all test files: two at a time would stand in each other's way at the system's packages. */
export default function setup(project: TestProject): void {
  project.provide('pdftoppm', ensureTool('pdftoppm'))
}
