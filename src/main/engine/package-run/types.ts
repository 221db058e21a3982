import type { Measured } from '../../../shared/measured.ts'
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
  /** Tables `file,group` of tumours of unknown type; those that the run learned from measure nothing. */
  tumours: string[]
  /** A table `file,class,cx,cy,w,h` of images whose tumour's place is known, for the search for shortcuts. */
  boxes: string | null
  /** Golden images: files that may be shipped with the model. */
  golden: string[]
}

/** What became of a run: a model's folder, and the evaluation that its card is drawn from. */
export interface Packaged {
  dir: string
  measured: Measured
}
