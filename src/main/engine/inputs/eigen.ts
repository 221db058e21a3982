import { random } from '../../../shared/random.ts'

/** Vectors iterated beside those that are asked for, so that the last of these settle too. */
const SPARE = 16
const ROUNDS = 15
/** Sweeps of Jacobi’s method; it converges quadratically, in fewer than ten. */
const SWEEPS = 30

export interface Eigen {
  /** Largest first. */
  values: Float64Array
  /** Unit vectors, one after the other. */
  vectors: Float64Array
}

/** A symmetric matrix, known by what it makes of `count` vectors of its width, one after the other. */
export type Multiply = (vectors: Float64Array, count: number) => Float64Array<ArrayBuffer>

/**
 * The largest eigenvalues of a symmetric matrix with no negative ones, and their vectors: subspace iteration from a random
 * start that is always the same, then Rayleigh–Ritz (G. Golub and C. Van Loan, “Matrix Computations”, 4th ed. 2013, 8.2.4;
 * N. Halko et al., “Finding structure with randomness”, SIAM Rev. 53, 2011, on the spare vectors).
 *
 * @param matrix `width × width`
 * @param count at most `width`
 */
export function largestEigen(matrix: Multiply, width: number, count: number): Eigen {
  const kept = Math.min(width, count + SPARE)
  const draw = random(1)
  let vectors = Float64Array.from({ length: kept * width }, () => draw() - 0.5)
  for (let round = 0; round < ROUNDS; round++) {
    makeOrthonormal(vectors, width, kept)
    vectors = matrix(vectors, kept)
  }
  makeOrthonormal(vectors, width, kept)
  return rotate(matrix, vectors, width, { kept, count })
}

/** Gram–Schmidt, twice, so that rounding leaves nothing over. What is left of a vector within the others becomes zero. */
function makeOrthonormal(vectors: Float64Array, width: number, kept: number): void {
  for (let v = 0; v < kept; v++) {
    const own = vectors.subarray(v * width, (v + 1) * width)
    const before = Math.sqrt(dot(own, own, width))
    for (let pass = 0; pass < 2; pass++)
      for (let u = 0; u < v; u++) {
        const other = vectors.subarray(u * width, (u + 1) * width)
        const along = dot(own, other, width)
        for (let i = 0; i < width; i++) own[i] = (own[i] as number) - along * (other[i] as number)
      }
    const length = Math.sqrt(dot(own, own, width))
    const scale = length > 1e-12 * before ? 1 / length : 0
    for (let i = 0; i < width; i++) own[i] = (own[i] as number) * scale
  }
}

/** Turns the vectors within their subspace to the matrix’s own axes. */
function rotate(
  matrix: Multiply,
  vectors: Float64Array,
  width: number,
  { kept, count }: { kept: number; count: number },
): Eigen {
  const product = matrix(vectors, kept)
  const small = new Float64Array(kept * kept)
  for (let a = 0; a < kept; a++)
    for (let b = 0; b < kept; b++)
      small[a * kept + b] = dot(
        vectors.subarray(a * width, (a + 1) * width),
        product.subarray(b * width, (b + 1) * width),
        width,
      )
  const turns = jacobi(small, kept)
  const order = [...Array(kept).keys()].sort(
    (a, b) => (small[b * kept + b] as number) - (small[a * kept + a] as number),
  )
  const turned = new Float64Array(count * width)
  for (const [place, column] of order.slice(0, count).entries())
    for (let v = 0; v < kept; v++) {
      const share = turns[v * kept + column] as number
      for (let i = 0; i < width; i++) {
        const at = place * width + i
        turned[at] = (turned[at] as number) + share * (vectors[v * width + i] as number)
      }
    }
  return { values: Float64Array.from(order.slice(0, count), (c) => small[c * kept + c] as number), vectors: turned }
}

/**
 * Jacobi’s cyclic method (Golub and Van Loan, 8.5).
 *
 * @param matrix `n × n`, symmetric; its diagonal becomes the eigenvalues
 * @returns the eigenvectors as columns
 */
function jacobi(matrix: Float64Array, n: number): Float64Array {
  const columns = new Float64Array(n * n)
  for (let i = 0; i < n; i++) columns[i * n + i] = 1
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) turned = turn(matrix, columns, n, [p, q]) || turned
    if (!turned) break
  }
  return columns
}

/** One rotation that brings element (p, q) to zero. @returns whether there was anything to turn */
function turn(matrix: Float64Array, columns: Float64Array, n: number, [p, q]: [number, number]): boolean {
  const at = (row: number, column: number) => matrix[row * n + column] as number
  const apart = at(p, q)
  if (Math.abs(apart) <= 1e-14 * Math.sqrt(Math.abs(at(p, p) * at(q, q)))) return false
  const theta = (at(q, q) - at(p, p)) / (2 * apart)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const spin = (values: Float64Array, i: number, j: number) => {
    const [a, b] = [values[i] as number, values[j] as number]
    values[i] = c * a - t * c * b
    values[j] = t * c * a + c * b
  }
  for (let i = 0; i < n; i++) spin(matrix, p * n + i, q * n + i)
  for (let i = 0; i < n; i++) spin(matrix, i * n + p, i * n + q)
  for (let i = 0; i < n; i++) spin(columns, i * n + p, i * n + q)
  return true
}

/** Four sums beside one another, which the processor works on at the same time. */
export function dot(a: Float64Array, b: Float64Array, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  let i = 0
  for (; i + 3 < n; i += 4) {
    s0 += (a[i] as number) * (b[i] as number)
    s1 += (a[i + 1] as number) * (b[i + 1] as number)
    s2 += (a[i + 2] as number) * (b[i + 2] as number)
    s3 += (a[i + 3] as number) * (b[i + 3] as number)
  }
  for (; i < n; i++) s0 += (a[i] as number) * (b[i] as number)
  return s0 + s1 + s2 + s3
}
