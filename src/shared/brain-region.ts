import { z } from 'zod'

/**
 * Why there is no asymmetry: the file says that the slice is sagittal, or oblique; no line was found about which the picture
 * is alike its mirror image; there is too little to compare; or the reader is to say first what they think.
 */
export const NO_ASYMMETRY = ['sagittal', 'oblique', 'no-symmetry', 'plain', 'impression'] as const
export type NoAsymmetry = (typeof NO_ASYMMETRY)[number]

export const PERCENTILES = [5, 25, 50, 75, 95] as const

const grey = z.number().min(0).max(255)

/** What is measured of the brain region in a picture; kept with the answer, and no part of it. */
export const regionSchema = z.discriminatedUnion('found', [
  /** No brain stands out from what is around it. */
  z.strictObject({ found: z.literal(false) }),
  z.strictObject({
    found: z.literal(true),
    /** Share of the picture. */
    area: z.number().min(0).max(1),
    /** Where the file tells the size of its pixels. */
    areaCm2: z.number().nonnegative().nullable(),
    /** Of the greys, 0–255, of the 8-bit picture that the model is given. Those of MR have no unit. */
    mean: grey,
    sd: z.number().nonnegative(),
    percentiles: z.strictObject({ p5: grey, p25: grey, p50: grey, p75: grey, p95: grey }),
    /** How much left and right differ (`asymmetryOf`), 0 and more; null where that cannot be told, which has a reason. */
    asymmetry: z.number().nonnegative().nullable(),
    noAsymmetry: z.enum(NO_ASYMMETRY).nullable(),
  }),
])
export type Region = z.infer<typeof regionSchema>
export type FoundRegion = Extract<Region, { found: true }>

/** In shares of the picture's width and height, from its upper left corner. */
const pointSchema = z.strictObject({ x: z.number(), y: z.number() })

/** The region of a picture for a page. */
export const regionViewSchema = z.strictObject({
  region: regionSchema,
  /** A closed polygon; empty where there is no region. */
  outline: z.array(pointSchema),
  /** Where left and right differ; null where there is none, for which the region has a reason. */
  map: z
    .strictObject({
      /** Over the whole picture, in its proportions, row by row. */
      width: z.int(),
      height: z.int(),
      /** `width × height` bytes in base64; 255 is a difference of `FULL_ASYMMETRY` or more. */
      values: z.base64(),
      /** The line that left and right are told apart by. */
      midline: z.strictObject({ from: pointSchema, to: pointSchema }),
    })
    .nullable(),
  milliseconds: z.number(),
})
export type RegionView = z.infer<typeof regionViewSchema>

/** Difference of left and right, in median greys of the region, from which a map is at its brightest. */
export const FULL_ASYMMETRY = 0.6
/** Asymmetry indices of the test images without a tumour, of which both sides are there: how many, and their quarters. */
export const USUAL_ASYMMETRY = { images: 182, low: 0.141, high: 0.282 } as const
