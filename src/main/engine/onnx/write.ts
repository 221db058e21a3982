import type { Attribute, Graph, Node, Tensor, Value } from './graph.ts'
import type { RawAttribute, RawModel, RawNode, RawTensor, RawValueInfo } from './schema.ts'
import { ATTRIBUTE_TYPES, DATA_TYPES, ModelMessage } from './schema.ts'

/** Operator set of what Gyrus writes. */
const OPSET = 17
/** Format version that goes with it. */
const IR_VERSION = 8

/** Writes a graph as an ONNX file. The same graph always gives the same bytes. */
export function writeOnnx(graph: Graph): Uint8Array {
  const raw: RawModel = {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'gyrus',
    graph: {
      name: graph.name,
      node: graph.nodes.map(writeNode),
      initializer: [...graph.initialisers].map(([name, tensor]) => writeTensor(name, tensor)),
      input: graph.inputs.map(writeValue),
      output: graph.outputs.map(writeValue),
    },
  }
  return ModelMessage.encode(ModelMessage.fromObject(raw)).finish()
}

function writeNode(node: Node): RawNode {
  return {
    // Unique, because a tensor has one producer.
    name: node.outputs[0] ?? '',
    opType: node.op,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => writeAttribute(name, value)),
  }
}

function writeAttribute(name: string, value: Attribute): RawAttribute {
  const empty = { name, floats: [], ints: [] }
  if ('i' in value) return { ...empty, type: ATTRIBUTE_TYPES.i, i: value.i }
  if ('f' in value) return { ...empty, type: ATTRIBUTE_TYPES.f, f: value.f }
  if ('s' in value) return { ...empty, type: ATTRIBUTE_TYPES.s, s: new TextEncoder().encode(value.s) }
  if ('ints' in value) return { ...empty, type: ATTRIBUTE_TYPES.ints, ints: value.ints }
  return { ...empty, type: ATTRIBUTE_TYPES.floats, floats: value.floats }
}

function writeTensor(name: string, tensor: Tensor): RawTensor {
  const { buffer, byteOffset, byteLength } = tensor.data
  return {
    name,
    dims: tensor.dims,
    dataType: DATA_TYPES[tensor.type],
    floatData: [],
    int32Data: [],
    int64Data: [],
    rawData: new Uint8Array(buffer, byteOffset, byteLength),
  }
}

function writeValue(value: Value): RawValueInfo {
  const dim = value.dims.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
  return { name: value.name, type: { tensorType: { elemType: DATA_TYPES.float32, shape: { dim } } } }
}
