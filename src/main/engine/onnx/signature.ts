import { ModelMessage, type RawModel, type RawValueInfo } from './schema.ts'

/** An input or output as the file declares it. */
export interface TensorSignature {
  name: string
  /** `TensorProto.DataType`; `DATA_TYPES` names those that Gyrus uses. */
  type: number
  /** Null where any size will do. */
  dims: (number | null)[]
}

export interface NetworkSignature {
  /** Version of ONNX's own operator set that the network asks for. */
  opset: number
  inputs: TensorSignature[]
  outputs: TensorSignature[]
}

/**
 * What an ONNX file takes and gives.
 * @throws Error where the bytes are no ONNX model, or where an input or output has no type or shape.
 */
export function readSignature(bytes: Uint8Array): NetworkSignature {
  const raw = ModelMessage.toObject(ModelMessage.decode(bytes), { longs: Number, arrays: true }) as RawModel
  if (!raw.graph) throw new Error('the ONNX file holds no graph')
  const opset = raw.opsetImport.find(({ domain = '' }) => domain === '' || domain === 'ai.onnx')?.version
  if (opset === undefined) throw new Error('the ONNX file names no operator set')
  // Older writers list constants among the inputs.
  const constants = new Set(raw.graph.initializer.map(({ name }) => name))
  return {
    opset,
    inputs: raw.graph.input.filter(({ name }) => !constants.has(name)).map(readTensor),
    outputs: raw.graph.output.map(readTensor),
  }
}

function readTensor({ name, type }: RawValueInfo): TensorSignature {
  const { elemType, shape } = type?.tensorType ?? {}
  if (elemType === undefined || !shape) throw new Error(`“${name}” has no type or shape`)
  return {
    name,
    type: elemType,
    dims: shape.dim.map(({ dimValue }) => (dimValue === undefined || dimValue < 0 ? null : dimValue)),
  }
}
