import { basename, dirname, resolve } from 'node:path'
import type { TaskProgress } from '../../../shared/dataset.ts'
import { LABELS } from '../../../shared/labels.ts'
import { random } from '../../../shared/random.ts'
import type { ModelShortcuts } from '../../../shared/shortcuts.ts'
import { readBoxTable } from '../dataset/tables.ts'
import type { BoxedImage } from '../dataset/types.ts'
import { compare } from '../evaluate/compare.ts'
import { scoreOf } from '../evaluate/score.ts'
import { mean } from '../evaluate/share.ts'
import { calledOf, predictionsOf } from '../evaluate-set/measure.ts'
import { type PredictedImage, predictSet } from '../model/predict-set.ts'
import type { DecodedImage, Following, Model } from '../types.ts'
import { headOf, hideBox } from './hide.ts'
import { placeElsewhere, toPixels } from './place.ts'

type Boxed = BoxedImage & { id: string; group: null; seed: number }
type Answers = PredictedImage<Boxed>[]

/**
 * What hiding the tumour costs a model, beside hiding as much elsewhere in the head. Only images that have room for that
 * are measured; null where none has.
 *
 * @param table see `readBoxTable`
 * @throws GyrusError errors of `readBoxTable`, `cancelled`
 */
export async function measureTumourHidden(
  model: Model,
  table: string,
  date: string,
  following: Following<TaskProgress>,
): Promise<ModelShortcuts['tumourHidden']> {
  const listed = await readBoxTable(table)
  const images = listed.map((image, i): Boxed => ({ ...image, id: image.file, group: null, seed: i + 1 }))
  const { sha256, images: whole } = await predictSet(model, images, following)
  const crowded = new Set<string>()
  const elsewhere = await predictSet(model, images, {
    ...following,
    alter: (image, of) => {
      const hidden = hideElsewhere(image, of)
      if (!hidden) crowded.add(of.file)
      return hidden ?? image
    },
  })
  const roomy = (answers: Answers) => answers.filter(({ file }) => !crowded.has(file))
  if (roomy(whole).length === 0) return null
  const tumour = await predictSet(model, roomy(whole), {
    ...following,
    alter: (image, { box }) => hideBox(image, toPixels(box, image.width, image.height)),
  })
  const where = { data: `${basename(dirname(resolve(table)))}: tumours with their boxes`, dataSha256: sha256, date }
  const leftOut = listed.length - roomy(whole).length
  return { ...where, ...figures(roomy(whole), tumour.images, roomy(elsewhere.images)), leftOut }
}

/** With as large a box as the tumour's hidden elsewhere; null where the head is not found or has no room. */
function hideElsewhere(image: DecodedImage, { box, seed }: Boxed): DecodedImage | null {
  const mask = headOf(image)
  const place = mask && placeElsewhere(toPixels(box, image.width, image.height), mask, image, random(seed))
  return place && hideBox(image, place)
}

function figures(whole: Answers, tumour: Answers, elsewhere: Answers) {
  const truth = whole.map(({ label }) => LABELS.indexOf(label))
  const score = (answers: Answers) => scoreOf(truth, calledOf(answers), undefined)
  const fall = (hidden: Answers) => {
    const { value, interval } = compare(predictionsOf(hidden), predictionsOf(whole)).accuracy
    return { value, interval }
  }
  return {
    whole: score(whole),
    tumourHidden: score(tumour),
    elsewhereHidden: score(elsewhere),
    fall: fall(tumour),
    fallElsewhere: fall(elsewhere),
    confidence: {
      whole: meanConfidence(whole),
      tumourHidden: meanConfidence(tumour),
      elsewhereHidden: meanConfidence(elsewhere),
    },
  }
}

/** Of the true class. */
const meanConfidence = (answers: Answers): number =>
  mean(answers.map(({ confidences, label }) => confidences[label])) ?? 0
