import type { SplitRule } from '../../../../shared/dataset.ts'
import type { TrainingRequest } from '../../../../shared/training.ts'
import { RECIPES } from '../recipes/index.ts'

/** A split that leaves nothing open. */
export type DecidedSplit = { by: SplitRule; validation: number } | { by: 'fold'; fold: number; validation: number }

/**
 * The split of a request, with what it leaves to the recipe.
 *
 * @param patientsKnown whether any image that is to be divided has a patient. The recipe's rule goes back from patients
 *   to near-duplicate groups without any; a request that names the rule means it, and is refused later.
 */
export function decideSplit({ split, recipe }: TrainingRequest, patientsKnown: boolean): DecidedSplit {
  const own = RECIPES[recipe].split
  const validation = split.validation ?? own.validation
  if (split.by !== 'recipe') return { ...split, validation }
  return { by: own.by === 'patient' && !patientsKnown ? 'group' : own.by, validation }
}
