import type { TestProject } from 'vitest/node'
import { ensureTool, type Found } from '../../scripts/tools.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What sends DICOM objects, with the other programs of DCMTK beside it; or why it cannot be had. */
    storescu: Found
  }
}

/** Once for all test files: two at a time would stand in each other's way at the system's packages. */
export default function setup(project: TestProject): void {
  project.provide('storescu', ensureTool('storescu'))
}
