import type { Graph, Node } from '../onnx/graph.ts'

/**
 * The part of a graph that some of its tensors need, with these as its outputs.
 *
 * @param names any tensors that its nodes make
 * @throws Error where one is made by no node
 */
export function subgraph(graph: Graph, names: readonly string[]): Graph {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)))
  const needed = new Set<Node>()
  const constants = new Set<string>()
  const waiting = names.map((name) => {
    if (!makers.has(name)) throw new Error(`the network has no tensor “${name}”`)
    return name
  })
  while (waiting.length > 0) {
    const name = waiting.pop() as string
    const node = makers.get(name)
    if (graph.initialisers.has(name)) constants.add(name)
    if (!node || needed.has(node)) continue
    needed.add(node)
    waiting.push(...node.inputs)
  }
  return {
    name: graph.name,
    nodes: graph.nodes.filter((node) => needed.has(node)),
    inputs: graph.inputs,
    outputs: names.map((name) => ({ name, dims: ['batch', `${name}_channels`, `${name}_height`, `${name}_width`] })),
    initialisers: new Map([...graph.initialisers].filter(([name]) => constants.has(name))),
  }
}
