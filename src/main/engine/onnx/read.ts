import type { Attribute, Graph, Tensor } from './graph.ts'
import { sizeOf } from './graph.ts'
import type { RawAttribute, RawModel, RawTensor, RawValueInfo } from './schema.ts'
import { DATA_TYPES, ModelMessage } from './schema.ts'

/**
 * Reads the graph of an ONNX file.
 * @throws Error where the bytes are no ONNX model, or hold element or attribute types that Gyrus does not use.
 */
export function readOnnx(bytes: Uint8Array): Graph {
  const raw = ModelMessage.toObject(ModelMessage.decode(bytes), { longs: Number, arrays: true }) as RawModel
  if (!raw.graph) throw new Error('the ONNX file holds no graph')
  return {
    name: raw.graph.name ?? '',
    nodes: raw.graph.node.map((node) => ({
      op: node.opType,
      inputs: node.input,
      outputs: node.output,
      attributes: Object.fromEntries(node.attribute.map((attribute) => [attribute.name, readAttribute(attribute)])),
    })),
    inputs: raw.graph.input.map(readValue),
    outputs: raw.graph.output.map(readValue),
    initialisers: new Map(raw.graph.initializer.map((tensor) => [tensor.name, readTensor(tensor)])),
  }
}

function readAttribute(raw: RawAttribute): Attribute {
  if (raw.ints.length > 0) return { ints: raw.ints }
  if (raw.floats.length > 0) return { floats: raw.floats }
  if (raw.s !== undefined) return { s: new TextDecoder().decode(raw.s) }
  if (raw.i !== undefined) return { i: raw.i }
  if (raw.f !== undefined) return { f: raw.f }
  throw new Error(`attribute “${raw.name}” has a type that is not used here`)
}

function readValue(raw: RawValueInfo): Graph['inputs'][number] {
  const dims = raw.type?.tensorType?.shape?.dim ?? []
  return { name: raw.name, dims: dims.map((dim) => dim.dimParam ?? dim.dimValue ?? '?') }
}

function readTensor(raw: RawTensor): Tensor {
  // A copy, because the bytes inside the file are not aligned.
  const buffer = raw.rawData && raw.rawData.length > 0 ? new Uint8Array(raw.rawData).buffer : undefined
  const tensor = tensorOf(raw, buffer)
  if (tensor.data.length !== sizeOf(tensor.dims)) {
    throw new Error(`tensor “${raw.name}” has ${tensor.data.length} values, its shape asks for ${sizeOf(tensor.dims)}`)
  }
  return tensor
}

function tensorOf(raw: RawTensor, buffer: ArrayBufferLike | undefined): Tensor {
  const { dims } = raw
  switch (raw.dataType) {
    case DATA_TYPES.float32:
      return { type: 'float32', dims, data: buffer ? new Float32Array(buffer) : Float32Array.from(raw.floatData) }
    case DATA_TYPES.float16:
      // Without raw bytes, ONNX keeps the bits of each half in the low 16 bits of an int32.
      return { type: 'float16', dims, data: new Float16Array(buffer ?? Uint16Array.from(raw.int32Data).buffer) }
    case DATA_TYPES.int64:
      return {
        type: 'int64',
        dims,
        data: buffer ? new BigInt64Array(buffer) : BigInt64Array.from(raw.int64Data.map(BigInt)),
      }
    default:
      throw new Error(`tensor “${raw.name}” has element type ${raw.dataType}, which is not used here`)
  }
}
