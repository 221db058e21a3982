import type { HeatMethod } from '../../../shared/heat.ts'
import type { Confidences, Label } from '../../../shared/labels.ts'
import type { Shown } from '../preprocess/index.ts'
import type { DecodedImage, Model } from '../types.ts'

/** What the label is made from: the network's input at the model's own size, and which part of the image it shows. */
export interface OwnInput {
  input: Float32Array
  shown: Shown
}

/** What a method is given. */
export interface Asked {
  model: Model
  image: DecodedImage
  own: OwnInput
  label: Label
  signal: AbortSignal
}

/** What a method found: `side × side` values of the square that the network was shown, none below 0. */
export interface RawHeat {
  side: number
  values: Float32Array
  shown: Shown
  /** A highest value below this is no heat. */
  least: number
}

/** One way to make a map. A new one is a file and an entry in `METHODS`. */
export interface Method {
  name: HeatMethod
  /** Whether it can be used with the model and class; else the error that says why not. */
  fits(model: Model, label: Label): Error | null
  make(asked: Asked): Promise<RawHeat>
}

/** How much the answer hangs on what a map marks. */
export interface Faithfulness {
  /** Probability of the class: of the image as it is, without the marked tenth, and without a random tenth (mean). */
  whole: number
  withoutMarked: number
  withoutRandom: number
  /** By how much more the probability falls than without a random tenth; what is below `threshold` is not faithful. */
  score: number
  threshold: number
  faithful: boolean
  /** Null where it is. */
  reason: 'nothing-changes' | 'rest-as-much' | null
}

/** A map in the frame of the image. */
export interface HeatMap {
  method: HeatMethod
  label: Label
  /** Row by row, 0–1 of its highest value; the image's proportions, its longer side `MAP_SIDE`. */
  width: number
  height: number
  values: Float32Array
  /** The highest value before it became 1, in the method's own unit. */
  highest: number
  /** Where the highest value is, in shares of the image's width and height. */
  peak: { x: number; y: number }
}

export interface Explained extends HeatMap {
  confidences: Confidences
  faithfulness: Faithfulness | null
  /** Milliseconds: decoding; map; faithfulness. */
  timings: { decode: number; map: number; faithfulness: number }
}
