/** A picture that was made of a case's by the steps of an experiment. */
export interface EditedPicture {
  content: Uint8Array
  fileName: string
  /** The case. */
  origin: string
  experiment: number
}
