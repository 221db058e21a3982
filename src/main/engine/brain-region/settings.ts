/** What the search goes by; tried out with `scripts/model/brain-region/choose.ts` ([docs/brain-region.md]). */
export interface Settings {
  /** Which quantile of the greys in the middle of the head stands for tissue; `bone`, `tissue` and `rise` are shares of it. */
  middle: number
  /** Darker than this share of the middle of the head is bone for certain, and brighter than that is not. */
  bone: readonly [number, number]
  /** As bright as this share of the middle of the head is tissue for certain. */
  tissue: number
  /** How much brighter than bone the scalp beyond it must be to count in full, in the middle of the head. */
  rise: number
  /** What it costs to end a whole ray's length before the head does. */
  inward: number
  /** What a step out or in from one direction to the next costs. */
  bend: number
  /** How far a ray towards a neck goes, in the radius of the largest circle in the head. */
  down: number
}

export const SETTINGS: Settings = {
  middle: 0.3,
  bone: [0.35, 0.7],
  tissue: 0.8,
  rise: 0.5,
  inward: 1.2,
  bend: 0.06,
  down: 1,
}
