/** One series of a bar chart: a value for each group, in their order. */
export interface Bars {
  name: string
  values: number[]
}
