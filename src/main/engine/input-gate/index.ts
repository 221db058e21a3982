import type { Gate, GateVerdict } from '../../../shared/input-gate.ts'
import { blurred } from './blurred.ts'
import { clipped } from './clipped.ts'
import { colour } from './colour.ts'
import { cut } from './cut.ts'
import { empty } from './empty.ts'
import { modality } from './modality.ts'
import { noisy } from './noisy.ts'
import { plane } from './plane.ts'
import { screen } from './screen.ts'
import { sequence } from './sequence.ts'
import { shape } from './shape.ts'
import { small } from './small.ts'
import { text } from './text.ts'
import type { Asked, Check, GateLimits } from './types.ts'
import { unjudged } from './unjudged.ts'
import { unlike } from './unlike.ts'

/** Every check, the one first whose reason says most. A new one is one file and one entry here. */
export const CHECKS: readonly Check[] = [
  ...[empty, modality, sequence, plane],
  ...[colour, small, shape, unlike],
  ...[screen, blurred, clipped, noisy, cut, text],
  unjudged,
]

/** Whether a model may be asked about an image, and why not: by the gravest that any check finds. */
export function judgeInput(asked: Asked, limits: GateLimits): Gate {
  const found = CHECKS.map(({ reason, judge }) => ({ reason, verdict: judge(asked, limits) }))
  const of = (verdict: GateVerdict) => found.filter((one) => one.verdict === verdict).map(({ reason }) => reason)
  const [outside, borderline] = [of('outside'), of('borderline')]
  const verdict = outside.length > 0 ? 'outside' : borderline.length > 0 ? 'borderline' : 'near'
  return { verdict, reasons: [...outside, ...borderline] }
}
