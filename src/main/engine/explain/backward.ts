import type { Graph, Node, Tensor } from '../onnx/graph.ts'

/** Tensors of the part of a network that gradients are taken through. */
export interface Stretch {
  /** Where the gradient is wanted. */
  to: string
  /** Where it is known, a tensor later than that. */
  from: string
  /** The gradient there, which is the same at all places: `classes × channels × 1 × 1`. */
  seed: Tensor
}

/**
 * A network that also computes gradients, by operators of ONNX alone: the gradient of a convolution is a transposed
 * convolution with the same weights, that of a cut-off at 0 and 6 lets through what lay between. For one image; the
 * gradient has the classes as its batch.
 *
 * @returns the graph, and the name of the gradient in it
 * @throws Error where an operator's gradient is not known here
 */
export function withGradient(graph: Graph, { to, from, seed }: Stretch): { graph: Graph; gradient: string } {
  const begin = graph.nodes.findIndex(({ outputs }) => outputs[0] === to)
  const end = graph.nodes.findIndex(({ outputs }) => outputs[0] === from)
  if (begin < 0 || end < begin) throw new Error(`the network has no way from “${to}” to “${from}”`)
  const initialisers = new Map(graph.initialisers).set('gradient.seed', seed)
  const nodes: Node[] = []
  const gradients = new Map([[from, 'gradient.seed']])
  const add = (op: string, inputs: string[], output: string, attributes: Node['attributes'] = {}) => {
    nodes.push({ op, inputs, outputs: [output], attributes })
    return output
  }
  for (const node of graph.nodes.slice(begin + 1, end + 1).reverse()) {
    const [output = ''] = node.outputs
    const gradient = gradients.get(output)
    if (gradient === undefined) continue
    for (const [input, own] of inputGradients(node, gradient, graph, add)) {
      const before = gradients.get(input)
      gradients.set(input, before === undefined ? own : add('Add', [before, own], `${own}.with.${before}`))
    }
  }
  const gradient = gradients.get(to)
  if (gradient === undefined) throw new Error(`the network has no way from “${to}” to “${from}”`)
  return { graph: { ...graph, initialisers, nodes: [...graph.nodes, ...nodes] }, gradient }
}

type Add = (op: string, inputs: string[], output: string, attributes?: Node['attributes']) => string

/** The gradients of a node's inputs by name, constants left out. */
function inputGradients(node: Node, gradient: string, graph: Graph, add: Add): [string, string][] {
  const [output = ''] = node.outputs
  const [input = '', weight = ''] = node.inputs
  const name = `gradient.of.${input}.by.${output}`
  if (node.op === 'Add') return node.inputs.map((one) => [one, gradient])
  if (node.op === 'Clip') {
    const above = add('Greater', [output, 'zero'], `${name}.above`)
    const below = add('Less', [output, 'six'], `${name}.below`)
    const through = add('And', [above, below], `${name}.and`)
    const mask = add('Cast', [through], `${name}.mask`, { to: { i: 1 } })
    return [[input, add('Mul', [gradient, mask], name)]]
  }
  if (node.op === 'Conv') return [[input, add('ConvTranspose', [gradient, weight], name, transposed(node, graph))]]
  throw new Error(`the gradient of ${node.op} is not known here`)
}

/** Of `SAME_UPPER` padding and sides that are multiples of the stride: what does not go evenly is at the end. */
function transposed({ attributes, inputs }: Node, graph: Graph): Node['attributes'] {
  const [, , kernel = 1] = graph.initialisers.get(inputs[1] ?? '')?.dims ?? []
  const strides = attributes.strides && 'ints' in attributes.strides ? attributes.strides.ints : [1, 1]
  const all = Math.max(0, kernel - (strides[0] as number))
  const [before, after] = [Math.floor(all / 2), Math.ceil(all / 2)]
  return {
    group: attributes.group ?? { i: 1 },
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: strides },
    pads: { ints: [before, before, after, after] },
  }
}
