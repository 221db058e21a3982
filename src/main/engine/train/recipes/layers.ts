import type { Graph, Node } from '../../onnx/graph.ts'
import type { Random } from '../random.ts'

/** Builds a plain chain of layers as an ONNX graph, and keeps track of what comes out of the last one. */
export class Layers {
  readonly #nodes: Node[] = []
  readonly #initialisers: Graph['initialisers'] = new Map()
  readonly #random: Random
  #last = 'input'
  #channels = 3
  #side: number
  #count = 0

  /** @param side of the input, px */
  constructor(side: number, random: Random) {
    this.#side = side
    this.#random = random
  }

  /** Convolution of stride 1 with a bias, and ReLU. `valid` padding takes the border away, `same` keeps the size. */
  convolve(channels: number, kernel = 3, padding: 'valid' | 'same' = 'valid'): this {
    const name = this.#next('conv')
    this.#weigh(name, [channels, this.#channels, kernel, kernel], kernel * kernel)
    this.#add('Conv', [`${name}.weight`, `${name}.bias`], `${name}.sum`, {
      auto_pad: { s: padding === 'valid' ? 'VALID' : 'SAME_UPPER' },
      kernel_shape: { ints: [kernel, kernel] },
      strides: { ints: [1, 1] },
    })
    this.#add('Relu', [], name)
    this.#channels = channels
    if (padding === 'valid') this.#side -= kernel - 1
    return this
  }

  /** Largest value of each 2 × 2 px. */
  pool(): this {
    const shape = { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] }, auto_pad: { s: 'VALID' } }
    this.#add('MaxPool', [], this.#next('pool'), shape)
    this.#side = Math.floor(this.#side / 2)
    return this
  }

  drop(rate: number): this {
    if (rate > 0) this.#add('Dropout', [], this.#next('drop'), { ratio: { f: rate } })
    return this
  }

  flatten(): this {
    this.#add('Flatten', [], this.#next('flat'), { axis: { i: 1 } })
    this.#channels *= this.#side * this.#side
    this.#side = 1
    return this
  }

  /** Every input with every output; `relu` unless it is the last layer. `output` names its result. */
  connect(width: number, { relu = true, output }: { relu?: boolean; output?: string } = {}): this {
    const name = this.#next('dense')
    this.#weigh(name, [width, this.#channels], 1)
    const result = output ?? name
    this.#add('Gemm', [`${name}.weight`, `${name}.bias`], relu ? `${name}.sum` : result, { transB: { i: 1 } })
    if (relu) this.#add('Relu', [], result)
    this.#channels = width
    return this
  }

  /** The graph; its outputs are `logits` and `features`, which layers were given as their names. */
  graph(name: string, features: number): Graph {
    return {
      name,
      nodes: this.#nodes,
      initialisers: this.#initialisers,
      inputs: [{ name: 'input', dims: ['batch', 3, 'height', 'width'] }],
      outputs: [
        { name: 'logits', dims: ['batch', this.#channels] },
        { name: 'features', dims: ['batch', features] },
      ],
    }
  }

  /** Uniform within ±√(6 / (fan in + fan out)), biases 0 (Glorot and Bengio 2010, eq. 16; what Keras does by default). */
  #weigh(name: string, dims: [number, number, ...number[]], receptive: number): void {
    const [outputs, inputs] = dims
    const limit = Math.sqrt(6 / ((inputs + outputs) * receptive))
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => this.#random.uniform(-limit, limit))
    this.#initialisers.set(`${name}.weight`, { type: 'float32', dims, data })
    this.#initialisers.set(`${name}.bias`, { type: 'float32', dims: [outputs], data: new Float32Array(outputs) })
  }

  #add(op: string, inputs: string[], output: string, attributes: Node['attributes'] = {}): void {
    this.#nodes.push({ op, inputs: [this.#last, ...inputs], outputs: [output], attributes })
    this.#last = output
  }

  #next(kind: string): string {
    this.#count += 1
    return `${kind}${this.#count}`
  }
}
