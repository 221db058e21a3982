import type { About } from '../../../shared/model.ts'

export interface PackageInput {
  /** Folder of a finished run. */
  runDir: string
  /** Where the model's folder is made; it is not there yet. */
  dir: string
  id: string
  version: string
  about: About
  /** `predictions.json` of a cross-validation of the same recipe: evidence, and what the temperature is fitted on. */
  folds: string[]
  /** A table `file,class,cx,cy,w,h` of images whose tumour's place is known, for the search for shortcuts. */
  boxes: string | null
  /** Golden images: files that may be shipped with the model. */
  golden: string[]
}
