import type { TestProject } from 'vitest/node'
import { ensurePlugin, ensureTool, type Found } from '../../scripts/tools.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Beside it lie the other programs of DCMTK: an archive among them. */
    dcmdump: Found
    orthanc: Found
    orthancWeb: Found
  }
}

/** For screens that ask a PACS. */
export default function setup(project: TestProject): void {
  project.provide('dcmdump', ensureTool('dcmdump'))
  project.provide('orthanc', ensureTool('orthanc'))
  project.provide('orthancWeb', ensurePlugin('orthanc-dicomweb'))
}
