import { fixed, signed } from '../../shared/language.ts'
import type { Step } from '../../shared/what-if.ts'
import { whatIfTexts as t } from './texts.ts'

export const STEP_WORDS = {
  seed: (seed: number) => `(seed ${seed})`,
  at: (size: string, x: number, y: number) => `${size} at ${x}, ${y}`,
  stroke: 'a stroke',
  dot: 'a dot',
}

const percent = (share: number) => `${Math.round(100 * share)} %`

/** `Rotate +7°`. */
export function stepWords(step: Step): string {
  const name = t.operations[step.op]
  return `${name} ${detailOf(step)}`.trim()
}

function detailOf(step: Step): string {
  switch (step.op) {
    case 'rotate':
      return `${signed(step.degrees, 1).replace(/[.,]0$/, '')}°`
    case 'flip':
      return t.flipNames[step.axis]
    case 'zoom':
    case 'contrast':
      return `× ${fixed(step.factor, 2)}`
    case 'shift':
      return `${signed(100 * step.x, 0)} %, ${signed(100 * step.y, 0)} %`
    case 'brightness':
      return `${signed(100 * step.by, 0)} %`
    case 'gamma':
      return fixed(step.gamma, 2)
    case 'blur':
      return `${fixed(step.sigma, 1)} px`
    case 'noise':
      return `${percent(step.sigma)} ${STEP_WORDS.seed(step.seed)}`
    case 'border':
      return percent(step.width)
    case 'resolution':
      return percent(step.share)
    case 'crop':
    case 'hide':
      return STEP_WORDS.at(`${step.width} × ${step.height}`, step.x, step.y)
    case 'erase':
    case 'paint':
      return `${step.points.length > 1 ? STEP_WORDS.stroke : STEP_WORDS.dot}, ${Math.round(step.radius)} px`
  }
}
