import type { TestProject } from 'vitest/node'
import type { Found } from '../../../scripts/tools.ts'
import { ensureS3Server } from './s3.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** An S3 server's program, or why there is none. */
    s3Server: Found
  }
}

/** Once for all test files: it may have to be built. */
export default function setup(project: TestProject): void {
  project.provide('s3Server', ensureS3Server())
}
