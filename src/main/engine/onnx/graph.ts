/// <reference lib="esnext.float16" />

/** A constant: row-major values with their shape. */
export type Tensor =
  | { type: 'float32'; dims: number[]; data: Float32Array }
  | { type: 'float16'; dims: number[]; data: Float16Array }
  | { type: 'int64'; dims: number[]; data: BigInt64Array }

/** An operator's setting, by the kind that ONNX stores it as. */
export type Attribute = { i: number } | { f: number } | { s: string } | { ints: number[] } | { floats: number[] }

/** One operator. Tensors between operators go by name. */
export interface Node {
  op: string
  inputs: string[]
  outputs: string[]
  attributes: Record<string, Attribute>
}

/** A float32 input or output of the graph; a dimension with a name may have any size. */
export interface Value {
  name: string
  dims: (number | string)[]
}

/** An ONNX graph, nodes in an order in which they can be run. */
export interface Graph {
  name: string
  nodes: Node[]
  inputs: Value[]
  outputs: Value[]
  initialisers: Map<string, Tensor>
}

/** Number of elements of a shape. */
export function sizeOf(dims: number[]): number {
  return dims.reduce((product, dim) => product * dim, 1)
}
