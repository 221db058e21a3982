/** What similar cases are found by. */
export interface SimilarTables {
  feature_vectors: FeatureVectorsTable
}

/** Append-only; an erased case's vector is emptied. */
interface FeatureVectorsTable {
  result_id: number
  case_id: string
  /** Of the model’s index (`indexIdOf`): vectors of two indexes have nothing to do with each other. */
  index_id: string
  /** Half-precision numbers, little-endian. */
  vector: Uint8Array
}
