/** A data set by DICOM's keywords (PS3.6), as `{ PatientName: 'Doe^Jane', ReferencedSOPSequence: [{ … }] }`. */
export interface DataSet {
  [keyword: string]: Value
}

/** Several values are an array; a sequence is an array of data sets; undefined is left out, and '' and [] are empty. */
export type Value = string | number | string[] | number[] | DataSet[] | Uint8Array | undefined
