import type { SplitRule } from '../../../../shared/dataset.ts'
import type { Preprocessing } from '../../../../shared/model.ts'
import type { RecipeName } from '../../../../shared/training.ts'
import type { Graph } from '../../onnx/graph.ts'
import type { AugmentationRanges } from '../augment/ranges.ts'
import type { Random } from '../random.ts'
import type { Schedule } from '../schedule.ts'

/** How images are drawn for an epoch. */
export type Sampling =
  /** Each image once. */
  | { by: 'image' }
  /**
   * As many as there are images, evenly over the classes, an image of a group of n with weight 1/√n so that long series
   * do not dominate; and `tumours` more of unknown type, evenly over their groups.
   */
  | { by: 'group'; tumours: number }

interface Common {
  name: RecipeName
  title: string
  /** What it does and what it is for, in a sentence or two for somebody who is no expert. */
  explains: string
  /** Who is kept apart, and the share of the images for validation, where the request leaves it to the recipe. */
  split: { by: SplitRule; validation: number }
  preprocessing(size: number): Preprocessing
  /** Side of the input, px. */
  size: number
}

/** Trains a whole network on the native engine. */
export interface NetworkRecipe extends Common {
  kind: 'network'
  /** The network to start from, with an output `logits`. */
  network(start: { random: Random; base: () => Promise<Graph>; dropout: number; size: number }): Promise<Graph>
  dropout: number
  epochs: number
  /** Epochs without a lower validation loss after which it stops; null: never. The best epoch is kept either way. */
  patience: number | null
  batch: number
  schedule: Schedule
  labelSmoothing: number
  augmentation: AugmentationRanges
  sampling: Sampling
  /** Smaller inputs for the first epochs: quicker, and hardly worse (Tan and Le 2021, section 4). */
  progressive: { share: number; scale: number } | null
}

/** Trains the last layer on features of the base network; needs no native engine. */
export interface HeadRecipe extends Common {
  kind: 'head'
  l2: number
}

export type Recipe = NetworkRecipe | HeadRecipe
