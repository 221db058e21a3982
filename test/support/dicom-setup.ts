import type { TestProject } from 'vitest/node'
import { ensurePlugin, ensureTool, type Found } from '../../scripts/tools.ts'
import { ensureDicomPython } from './dicom-python.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What judges DICOM files by the standard, or why it cannot be had. */
    dciodvfy: Found
    /** Beside it lie the other programs of DCMTK. */
    dcmdump: Found
    /** A PACS. */
    orthanc: Found
    /** What has it speak DICOMweb. */
    orthancWeb: Found
    /** A Python that has pydicom and highdicom. */
    dicomPython: Found
  }
}

/** Once for all test files: two at a time would stand in each other's way at the system's packages. */
export default function setup(project: TestProject): void {
  project.provide('dciodvfy', ensureTool('dciodvfy'))
  project.provide('dcmdump', ensureTool('dcmdump'))
  project.provide('orthanc', ensureTool('orthanc'))
  project.provide('orthancWeb', ensurePlugin('orthanc-dicomweb'))
  project.provide('dicomPython', ensureDicomPython())
}
