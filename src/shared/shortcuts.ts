import { z } from 'zod'
import { LABELS } from './labels.ts'

/**
 * What can be told of an image without looking at anatomy. Greys are 0–1, lengths are shares of the image's side.
 */
export const TRAITS = [
  'border-left',
  'border-right',
  'border-top',
  'border-bottom',
  'black-share',
  'white-share',
  'mean',
  'spread',
  'percentile-10',
  'percentile-50',
  'percentile-90',
  'grey-levels',
  'sharpness',
  'bytes-per-pixel',
  'jpeg',
  'colour',
  'size',
  'aspect',
] as const
export type Trait = (typeof TRAITS)[number]

/** What a reader sees for each trait. */
export const TRAIT_NAMES: Record<Trait, string> = {
  'border-left': 'dark border on the left',
  'border-right': 'dark border on the right',
  'border-top': 'dark border at the top',
  'border-bottom': 'dark border at the bottom',
  'black-share': 'share of black',
  'white-share': 'share of white',
  mean: 'mean grey',
  spread: 'spread of the greys',
  'percentile-10': '10th percentile of the greys',
  'percentile-50': 'median grey',
  'percentile-90': '90th percentile of the greys',
  'grey-levels': 'gaps in the histogram',
  sharpness: 'sharpness',
  'bytes-per-pixel': 'size of the file a pixel',
  jpeg: 'JPEG or not',
  colour: 'colour or grey',
  size: 'size of the image',
  aspect: 'width to height',
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const share = z.number().min(0).max(1)
const shareOrNull = share.nullable()
const perLabel = z.record(z.enum(LABELS), shareOrNull)
/** At 95 %, whole groups drawn; null where it cannot be told. */
const interval = z.tuple([z.number(), z.number()]).nullable()

/** How often calls of some images are right. Null where there is nothing to take a share of. */
const scoreSchema = z.strictObject({
  n: z.int().positive(),
  accuracy: shareOrNull,
  macroRecall: shareOrNull,
  recall: perLabel,
  /** Of the tumours. */
  tumourCalledNone: shareOrNull,
  intervals: z.strictObject({ accuracy: interval, macroRecall: interval, tumourCalledNone: interval }),
})
export type Score = z.infer<typeof scoreSchema>

/** What is right without looking: the most frequent class called always, and every class called as often. */
const chanceSchema = z.strictObject({ accuracy: share, macroRecall: share })
export type Chance = z.infer<typeof chanceSchema>

/** What was measured, on what, and when. */
const measured = { data: z.string().min(1), dataSha256: sha256.nullable(), date: z.iso.date() }

/** How well a classifier tells the classes of a set apart by `TRAITS` alone. */
export const traitAuditSchema = z.strictObject({
  ...measured,
  unreadable: z.int(),
  /** How the images that it was fitted to and those that it was asked about were kept apart. */
  splitRule: z.string().min(1),
  folds: z.int().min(2),
  /** Each image called by a classifier that was fitted without its fold. */
  score: scoreSchema,
  chance: chanceSchema,
  /** Of its tumour probability; null without images on both sides. */
  tumourAuroc: shareOrNull,
  /** Tumour against none by one trait alone, 0.5–1: whichever side is higher. The strongest first. */
  single: z.array(z.strictObject({ trait: z.enum(TRAITS), tumourAuroc: share })),
})
export type TraitAudit = z.infer<typeof traitAuditSchema>

/** The same images whole and with something hidden, `whole` minus `hidden` as a fall of accuracy. */
const fallSchema = z.strictObject({ value: z.number().nullable(), interval })

/** Whether a model calls classes by what does not show a tumour. */
export const modelShortcutsSchema = z.strictObject({
  model: z.string().min(1),
  weightsSha256: z.array(sha256).length(1),
  /** Traits alone beside the model, on the same images; null where the set does not allow it. */
  traits: z
    .strictObject({
      ...measured,
      model: scoreSchema,
      traits: scoreSchema,
      chance: chanceSchema,
      audit: traitAuditSchema,
    })
    .nullable(),
  /** Only what lies outside the head left: what is right above chance is not read from the brain. */
  headHidden: z
    .strictObject({
      ...measured,
      whole: scoreSchema,
      hidden: scoreSchema,
      chance: chanceSchema,
      fall: fallSchema,
      /** Images in which no head stands out from the background. */
      leftOut: z.int(),
    })
    .nullable(),
  /** The tumour's box hidden, and as large a box elsewhere in the head: the first should cost more. */
  tumourHidden: z
    .strictObject({
      ...measured,
      whole: scoreSchema,
      tumourHidden: scoreSchema,
      elsewhereHidden: scoreSchema,
      /** By hiding the tumour, and by hiding as much elsewhere. */
      fall: fallSchema,
      fallElsewhere: fallSchema,
      /** Mean probability of the true class. */
      confidence: z.strictObject({ whole: share, tumourHidden: share, elsewhereHidden: share }),
      /** Images whose head has no room for the box beside the tumour. */
      leftOut: z.int(),
    })
    .nullable(),
  /** Tumours from other sources and in other sequences; the card says whether the model was trained on them. */
  otherTumours: z.array(
    z.strictObject({
      ...measured,
      n: z.int().positive(),
      groups: z.int(),
      /** Not called “no tumour”: of the images, and the mean over groups. */
      sensitivity: share,
      groupMean: shareOrNull,
    }),
  ),
})
export type ModelShortcuts = z.infer<typeof modelShortcutsSchema>
