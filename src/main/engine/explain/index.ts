import { GyrusError } from '../../../shared/errors.ts'
import { HEAT_METHODS, type HeatMethod } from '../../../shared/heat.ts'
import { type Confidences, calledLabel, LABEL_NAMES, type Label } from '../../../shared/labels.ts'
import { decodeFile } from '../decode/file.ts'
import { preprocessPlaced } from '../preprocess/index.ts'
import type { DecodedImage, ImageFile, Model, Prediction } from '../types.ts'
import { cam } from './cam.ts'
import { faithfulnessOf } from './faithful.ts'
import { framed, highestPlace } from './frame.ts'
import { layerCam } from './layer-cam.ts'
import { localise } from './localise.ts'
import { occlusion } from './occlusion.ts'
import type { Explained, HeatMap, Method, OwnInput, RawHeat } from './types.ts'

/** Every method, by its name. A new one is a file, an entry here and its name in `HEAT_METHODS`. */
export const METHODS: Record<HeatMethod, Method> = { localise, cam, 'layer-cam': layerCam, occlusion }

export interface ExplainInput {
  /** By default what the image is called. */
  label?: Label | undefined
  /** By default the first of `HEAT_METHODS` that has a map of the class. */
  method?: HeatMethod | undefined
  /** Measured too, by default. */
  faithfulness?: boolean
  /** What this model said of the image, where that is on record. */
  known?: Confidences | undefined
}

/**
 * What in an image speaks for a class, as the model sees it.
 *
 * @throws GyrusError `explain-no-heat`, `explain-class-without-map`, `explain-no-head`, `explain-network`, `cancelled`,
 *   errors of the decoder
 */
export async function explain(
  model: Model,
  { label, method, faithfulness = true, known, ...file }: ImageFile & { entry?: string } & ExplainInput,
  signal: AbortSignal,
): Promise<Explained> {
  const begun = performance.now()
  const image = await decodeFile(file)
  const decode = performance.now() - begun
  const made = await explainImage(model, image, { label, method, faithfulness, known }, signal)
  return { ...made, timings: { ...made.timings, decode } }
}

/** The same of an image that is decoded. @throws GyrusError as `explain` */
export async function explainImage(
  model: Model,
  image: DecodedImage,
  { label, method, faithfulness = true, known }: ExplainInput,
  signal: AbortSignal,
): Promise<Explained> {
  const own = preprocessPlaced(image, model.manifest.preprocessing)
  const confidences = known ?? (await confidencesOf(model, own))
  const of = label ?? calledLabel(confidences)
  const chosen = methodFor(model, of, method)
  const start = performance.now()
  const heat = await chosen.make({ model, image, own, label: of, signal })
  const map = mapOf(chosen, of, heat, image)
  const made = performance.now()
  if (signal.aborted) throw new GyrusError('cancelled')
  const measured = faithfulness ? await faithfulnessOf(model, own, confidences[of], of, heat) : null
  const timings = { decode: 0, map: made - start, faithfulness: performance.now() - made }
  return { ...map, confidences, faithfulness: measured, timings }
}

async function confidencesOf(model: Model, { input }: OwnInput): Promise<Confidences> {
  const [{ confidences }] = (await model.predict([input])) as [Prediction]
  return confidences
}

/** @throws GyrusError as `explain` */
export function methodFor(model: Model, label: Label, name?: HeatMethod): Method {
  const method = METHODS[name ?? HEAT_METHODS.find((one) => !METHODS[one].fits(model, label)) ?? 'occlusion']
  const unfit = method.fits(model, label)
  if (unfit) throw unfit
  return method
}

/** The map in the image's frame. @throws GyrusError `explain-no-heat` */
export function mapOf({ name }: Method, label: Label, heat: RawHeat, image: DecodedImage): HeatMap {
  const highest = heat.values[highestPlace(heat.values)] as number
  // Written so that NaN fails too.
  if (!(highest >= heat.least))
    throw new GyrusError('explain-no-heat', {
      label: LABEL_NAMES[label],
      method: name,
      highest: highest.toPrecision(2),
    })
  return { method: name, label, ...framed(heat, image) }
}
