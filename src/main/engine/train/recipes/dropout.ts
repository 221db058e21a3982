import type { Graph, Node } from '../../onnx/graph.ts'

/** Where `of` is read, its values pass a dropout first. A rate of 0 changes nothing. */
export function addDropout(graph: Graph, of: string, rate: number): Graph {
  if (rate === 0) return graph
  const dropped = `${of}.dropped`
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const read = { ...node, inputs: node.inputs.map((name) => (name === of ? dropped : name)) }
    if (!node.outputs.includes(of)) return [read]
    return [read, { op: 'Dropout', inputs: [of], outputs: [dropped], attributes: { ratio: { f: rate } } }]
  })
  return { ...graph, nodes }
}

/** The graph as it is served: dropout does nothing then. */
export function withoutDropout(graph: Graph): Graph {
  const passed = new Map<string, string>()
  const source = (name: string) => passed.get(name) ?? name
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const inputs = node.inputs.map(source)
    if (node.op !== 'Dropout') return [{ ...node, inputs }]
    passed.set(node.outputs[0] ?? '', inputs[0] ?? '')
    return []
  })
  return { ...graph, nodes }
}
