import { identityOf } from '../classifier.ts'
import { explainImage } from '../explain/index.ts'
import { bitsOf } from '../preprocess/display.ts'
import type { EngineInput, EngineOutput } from '../protocol.ts'
import type { Model } from '../types.ts'
import { shownPicture, wholePicture } from './draw.ts'
import { asImage, judge } from './judge.ts'
import { stabilityOf } from './stability.ts'
import { Workbench } from './workbench.ts'

const bench = new Workbench()

/** The request `what-if`. @throws GyrusError errors of `Workbench` */
export async function answerWhatIf(
  model: Model,
  { steps, picture: asked, ...file }: EngineInput<'what-if'>,
): Promise<EngineOutput<'what-if'>> {
  const begun = performance.now()
  const base = await bench.edited(file, steps)
  const edited = performance.now()
  const judged = await judge(model, base)
  const predicted = performance.now()
  const png = asked ? await shownPicture(base) : null
  const { width, height, channels } = base.picture
  return {
    model: identityOf(model),
    ...judged,
    image: { width, height, channels, bitsPerSample: bitsOf(asImage(base)) },
    png,
    timings: { edit: edited - begun, predict: predicted - edited, draw: performance.now() - predicted },
  }
}

/** The request `what-if-heat`. @throws GyrusError errors of `Workbench` and `explainImage` */
export async function answerWhatIfHeat(
  model: Model,
  { steps, label, method, ...file }: EngineInput<'what-if-heat'>,
  signal: AbortSignal,
): Promise<EngineOutput<'what-if-heat'>> {
  const base = await bench.edited(file, steps)
  const map = await explainImage(model, asImage(base), { label, method, faithfulness: true }, signal)
  return { ...map, model: identityOf(model), png: null }
}

/** The request `what-if-file`. @throws GyrusError errors of `Workbench` */
export async function answerWhatIfFile({ steps, ...file }: EngineInput<'what-if-file'>): Promise<Uint8Array> {
  return wholePicture((await bench.edited(file, steps)).picture)
}

/** The request `what-if-stability`. @throws GyrusError errors of `Workbench`, `cancelled` */
export async function answerStability(
  model: Model,
  { steps, ...file }: EngineInput<'what-if-stability'>,
  signal: AbortSignal,
): Promise<EngineOutput<'what-if-stability'>> {
  const found = await stabilityOf(model, await bench.edited(file, steps), signal)
  return { model: identityOf(model), ...found }
}
