/** What is measured of the brain region of a picture. */
export interface RegionTables {
  region_features: RegionFeaturesTable
}

/** Append-only; an erased case's features are emptied. */
interface RegionFeaturesTable {
  result_id: number
  case_id: string
  /** JSON: `Region`; '' once the case was erased. */
  features: string
}
