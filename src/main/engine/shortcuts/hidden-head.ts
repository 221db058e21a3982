import type { TaskProgress } from '../../../shared/dataset.ts'
import { LABELS, type Label } from '../../../shared/labels.ts'
import type { ModelShortcuts } from '../../../shared/shortcuts.ts'
import { compare } from '../evaluate/compare.ts'
import { chanceOf, scoreOf } from '../evaluate/score.ts'
import { calledOf, predictionsOf, type Said } from '../evaluate-set/measure.ts'
import { predictSet, type SetImage } from '../model/predict-set.ts'
import type { Following, Model } from '../types.ts'
import { hideHead } from './hide.ts'

/** An image of a set with what a model said about it as it is. */
export type SaidImage = Said & SetImage & { label: Label }

/** What was measured, on what, and when. */
export interface Where {
  data: string
  dataSha256: string | null
  date: string
}

/**
 * What a model is right about where only the surroundings of the head are left. Null where no head was found in any image.
 *
 * @throws GyrusError `cancelled`
 */
export async function measureHeadHidden(
  model: Model,
  images: SaidImage[],
  where: Where,
  following: Following<TaskProgress>,
): Promise<ModelShortcuts['headHidden']> {
  const headless = new Set<string>()
  const said = await predictSet(model, images, {
    ...following,
    alter: (image, { file }) => {
      const hidden = hideHead(image)
      if (!hidden) headless.add(file)
      return hidden ?? image
    },
  })
  const hidden = said.images.filter(({ file }) => !headless.has(file))
  if (hidden.length === 0) return null
  const measured = new Set(hidden.map(({ file }) => file))
  const whole = images.filter(({ file }) => measured.has(file))
  const truth = whole.map(({ label }) => LABELS.indexOf(label))
  const groups = whole.map(({ group }) => group)
  const { value, interval } = compare(predictionsOf(hidden), predictionsOf(whole)).accuracy
  return {
    ...where,
    whole: scoreOf(truth, calledOf(whole), groups),
    hidden: scoreOf(truth, calledOf(hidden), groups),
    chance: chanceOf(truth),
    fall: { value, interval },
    leftOut: images.length - hidden.length,
  }
}
