/** A matrix of one row a sample, row-major. */
export interface Matrix {
  rows: number
  columns: number
  data: Float32Array
}

/** Mean and standard deviation of each column; the deviation of a constant column is 1. */
export interface Moments {
  mean: Float64Array
  deviation: Float64Array
}

/** A deviation below this share of the mean is rounding, not information: the column is constant. */
const CONSTANT = 1e-6

/** Column moments over all rows, in double precision. */
export function moments({ rows, columns, data }: Matrix): Moments {
  const mean = new Float64Array(columns)
  const deviation = new Float64Array(columns)
  for (let i = 0; i < data.length; i++) mean[i % columns] = (mean[i % columns] as number) + (data[i] as number) / rows
  for (let i = 0; i < data.length; i++) {
    const distance = (data[i] as number) - (mean[i % columns] as number)
    deviation[i % columns] = (deviation[i % columns] as number) + (distance * distance) / rows
  }
  return {
    mean,
    deviation: deviation.map((variance, column) => {
      const value = Math.sqrt(variance)
      return value > CONSTANT * Math.abs(mean[column] as number) ? value : 1
    }),
  }
}

/** `(value − mean) / deviation`, a column each. */
export function standardise({ rows, columns, data }: Matrix, { mean, deviation }: Moments): Matrix {
  const standardised = data.map(
    (value, i) => (value - (mean[i % columns] as number)) / (deviation[i % columns] as number),
  )
  return { rows, columns, data: standardised }
}
