import protobuf from 'protobufjs'

/** The part of the public ONNX schema (onnx.proto, IR version 8) that Gyrus reads and writes; other fields are skipped. */
const PROTO = `
syntax = "proto2";
message Attribute {
  enum Type { UNDEFINED = 0; FLOAT = 1; INT = 2; STRING = 3; TENSOR = 4; FLOATS = 6; INTS = 7; }
  optional string name = 1;
  optional Type type = 20;
  optional float f = 2;
  optional int64 i = 3;
  optional bytes s = 4;
  repeated float floats = 7;
  repeated int64 ints = 8;
}
message ValueInfo { optional string name = 1; optional Type type = 2; }
message Node {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string opType = 4;
  optional string domain = 7;
  repeated Attribute attribute = 5;
}
message Tensor {
  repeated int64 dims = 1;
  optional int32 dataType = 2;
  repeated float floatData = 4 [packed = true];
  repeated int32 int32Data = 5 [packed = true];
  repeated int64 int64Data = 7 [packed = true];
  optional string name = 8;
  optional bytes rawData = 9;
}
message Dimension { oneof value { int64 dimValue = 1; string dimParam = 2; } }
message Shape { repeated Dimension dim = 1; }
message TensorType { optional int32 elemType = 1; optional Shape shape = 2; }
message Type { optional TensorType tensorType = 1; }
message Graph {
  repeated Node node = 1;
  optional string name = 2;
  repeated Tensor initializer = 5;
  repeated ValueInfo input = 11;
  repeated ValueInfo output = 12;
}
message OperatorSet { optional string domain = 1; optional int64 version = 2; }
message Model {
  optional int64 irVersion = 1;
  repeated OperatorSet opsetImport = 8;
  optional string producerName = 2;
  optional string producerVersion = 3;
  optional Graph graph = 7;
}
`

/** The message type of a whole file. */
export const ModelMessage = protobuf.parse(PROTO).root.lookupType('Model')

/** `TensorProto.DataType` of the element types that Gyrus uses. */
export const DATA_TYPES = { float32: 1, int64: 7, float16: 10 } as const

/** `AttributeProto.AttributeType`. */
export const ATTRIBUTE_TYPES = { f: 1, i: 2, s: 3, floats: 6, ints: 7 } as const

/** Plain objects as protobufjs hands them over with `longs: Number` and `arrays: true`. */
export interface RawAttribute {
  name: string
  type?: number
  f?: number
  i?: number
  s?: Uint8Array
  floats: number[]
  ints: number[]
}
export interface RawTensor {
  name: string
  dims: number[]
  dataType: number
  floatData: number[]
  int32Data: number[]
  int64Data: number[]
  rawData?: Uint8Array
}
export interface RawValueInfo {
  name: string
  type?: { tensorType?: { elemType?: number; shape?: { dim: { dimValue?: number; dimParam?: string }[] } } }
}
export interface RawNode {
  input: string[]
  output: string[]
  name?: string
  opType: string
  domain?: string
  attribute: RawAttribute[]
}
export interface RawModel {
  irVersion: number
  opsetImport: { domain?: string; version: number }[]
  producerName?: string
  producerVersion?: string
  graph: { node: RawNode[]; name?: string; initializer: RawTensor[]; input: RawValueInfo[]; output: RawValueInfo[] }
}
