import {
  RECIPE_NAMES,
  type RecipeChanges,
  type RecipeInfo,
  type RecipeName,
  type RunSummary,
} from '../../../../shared/training.ts'
import { croppedToBrain } from '../../brain-region/crop.ts'
import { scaleRanges } from '../augment/ranges.ts'
import { cnn9 } from './cnn-9.ts'
import { cnn24 } from './cnn-24.ts'
import { efficientnetLite0 } from './efficientnet-lite0.ts'
import { head } from './head.ts'
import type { Recipe } from './types.ts'

/** Every recipe. A new one is one file, a name in `RECIPE_NAMES` and an entry here. */
export const RECIPES: Record<RecipeName, Recipe> = {
  'efficientnet-lite0': efficientnetLite0,
  'cnn-9': cnn9,
  'cnn-24': cnn24,
  head,
}

/** The recipe with a request's changes. */
export function chooseRecipe(name: RecipeName, changes: RecipeChanges): Recipe {
  const recipe = RECIPES[name]
  const { size = recipe.size, brainMargin } = changes
  const preprocessing: Recipe['preprocessing'] =
    brainMargin === undefined ? recipe.preprocessing : (side) => croppedToBrain(recipe.preprocessing(side), brainMargin)
  if (recipe.kind === 'head') return { ...recipe, size, preprocessing, l2: changes.l2 ?? recipe.l2 }
  return {
    ...recipe,
    size,
    preprocessing,
    epochs: changes.epochs ?? recipe.epochs,
    batch: changes.batch ?? recipe.batch,
    labelSmoothing: changes.labelSmoothing ?? recipe.labelSmoothing,
    dropout: changes.dropout ?? recipe.dropout,
    schedule: { ...recipe.schedule, rate: changes.rate ?? recipe.schedule.rate },
    augmentation: scaleRanges(recipe.augmentation, changes.augmentation ?? 1),
  }
}

/** All that decides what a recipe does to images and learns from them, for the run's summary. */
export function carriedOut(recipe: Recipe): NonNullable<RunSummary['carriedOut']> {
  const { name: _, kind: __, title: ___, explains: ____, split: _____, preprocessing, ...rest } = recipe
  const settings = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value !== 'function'))
  return { preprocessing: preprocessing(recipe.size), settings }
}

/** All recipes, in the order in which they are offered. */
export const describeRecipes = (): RecipeInfo[] => RECIPE_NAMES.map((name) => describeRecipe(RECIPES[name]))

/** A recipe in words, with what it does where nothing is changed. */
export function describeRecipe(recipe: Recipe): RecipeInfo {
  const { name, title, explains, size, kind, split } = recipe
  const own =
    recipe.kind === 'head'
      ? { l2: recipe.l2 }
      : {
          epochs: recipe.epochs,
          batch: recipe.batch,
          rate: recipe.schedule.rate,
          labelSmoothing: recipe.labelSmoothing,
          dropout: recipe.dropout,
          augmentation: 1,
        }
  return { name, title, explains, needsNativeEngine: kind === 'network', split, defaults: { size, ...own } }
}
