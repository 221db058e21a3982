import { identityOf } from '../classifier.ts'
import { decodeFile } from '../decode/file.ts'
import type { EngineInput, Explanation } from '../protocol.ts'
import type { Model } from '../types.ts'
import { explain } from './index.ts'
import { paint, paintBare } from './paint.ts'

/** The request `explain`. Errors of `explain`. */
export async function answerExplain(
  model: Model,
  { fontsDir, bare = false, ...input }: EngineInput<'explain'>,
  signal: AbortSignal,
): Promise<Explanation> {
  const map = await explain(model, input, signal)
  const png = bare
    ? await paintBare(await decodeFile(input), map)
    : fontsDir === undefined
      ? null
      : await paint(await decodeFile(input), map, fontsDir)
  return { ...map, model: identityOf(model), png }
}
