import type { Step } from '../../shared/what-if.ts'
import { whatIfTexts as t } from './texts.ts'

const signed = (value: number, digits = 0) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`
const percent = (share: number) => `${Math.round(100 * share)} %`

/** `Rotate +7°`. */
export function stepWords(step: Step): string {
  const name = t.operations[step.op]
  return `${name} ${detailOf(step)}`.trim()
}

function detailOf(step: Step): string {
  switch (step.op) {
    case 'rotate':
      return `${signed(step.degrees, 1).replace(/\.0$/, '')}°`
    case 'flip':
      return t.flips[step.axis].toLowerCase()
    case 'zoom':
    case 'contrast':
      return `× ${step.factor.toFixed(2)}`
    case 'shift':
      return `${signed(100 * step.x)} %, ${signed(100 * step.y)} %`
    case 'brightness':
      return `${signed(100 * step.by)} %`
    case 'gamma':
      return step.gamma.toFixed(2)
    case 'blur':
      return `${step.sigma.toFixed(1)} px`
    case 'noise':
      return `${percent(step.sigma)} (seed ${step.seed})`
    case 'border':
      return percent(step.width)
    case 'resolution':
      return percent(step.share)
    case 'crop':
    case 'hide':
      return `${step.width} × ${step.height} at ${step.x}, ${step.y}`
    case 'erase':
    case 'paint':
      return `${step.points.length > 1 ? 'a stroke' : 'a dot'}, ${Math.round(step.radius)} px`
  }
}
