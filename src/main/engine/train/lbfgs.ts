import { breathe } from '../breathe.ts'

/** A function's value and gradient at a point. */
export interface Evaluation {
  value: number
  gradient: Float64Array
}

export interface Minimum {
  point: Float64Array
  value: number
  iterations: number
  /** Largest component of the gradient that is left. */
  gradientNorm: number
}

/** Steps that the curvature is estimated from. */
const MEMORY = 10
/** Share of the expected decrease that a step must bring (Armijo). */
const ARMIJO = 1e-4

/**
 * Minimises a smooth convex function by L-BFGS with backtracking (Nocedal and Wright, "Numerical Optimization", 2nd ed.,
 * algorithms 7.4 and 3.1), until no component of the gradient exceeds `tolerance` or for `maxIterations`.
 */
export async function minimise(
  evaluate: (point: Float64Array) => Promise<Evaluation>,
  start: Float64Array,
  { tolerance = 1e-5, maxIterations = 500 } = {},
): Promise<Minimum> {
  let point = start
  let { value, gradient } = await evaluate(point)
  const history: Pair[] = []
  let iterations = 0
  for (; iterations < maxIterations && largest(gradient) > tolerance; iterations++) {
    await breathe()
    const direction = descend(gradient, history)
    const slope = dot(direction, gradient)
    let step = history.length === 0 ? 1 / Math.max(1, largest(gradient)) : 1
    let next = along(point, direction, step)
    let at = await evaluate(next)
    while (!(at.value <= value + ARMIJO * step * slope) && step > 1e-10) {
      step /= 2
      next = along(point, direction, step)
      at = await evaluate(next)
    }
    // Single-precision values can no longer tell points apart: this is the minimum.
    if (!(at.value < value)) break
    remember(history, along(next, point, -1), along(at.gradient, gradient, -1))
    point = next
    value = at.value
    gradient = at.gradient
  }
  return { point, value, iterations, gradientNorm: largest(gradient) }
}

/** A step and the change of the gradient along it. */
interface Pair {
  step: Float64Array
  change: Float64Array
  rho: number
}

function remember(history: Pair[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change)
  if (curvature <= 1e-12) return
  history.push({ step, change, rho: 1 / curvature })
  if (history.length > MEMORY) history.shift()
}

/** The two-loop recursion: minus the gradient, times the estimated inverse Hessian. */
function descend(gradient: Float64Array, history: Pair[]): Float64Array {
  let q = gradient
  const alphas = history.toReversed().map(({ step, change, rho }) => {
    const alpha = rho * dot(step, q)
    q = along(q, change, -alpha)
    return alpha
  })
  const last = history.at(-1)
  if (last) {
    const curvature = last.rho * dot(last.change, last.change)
    q = q.map((value) => value / curvature)
  }
  for (const [i, { step, change, rho }] of history.entries()) {
    const alpha = alphas[history.length - 1 - i] as number
    q = along(q, step, alpha - rho * dot(change, q))
  }
  return q.map((value) => -value)
}

function along(point: Float64Array, direction: Float64Array, step: number): Float64Array {
  return point.map((value, i) => value + step * (direction[i] as number))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
