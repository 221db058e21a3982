import type { KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core'

/** What is used here of tfjs-node's compiled binding. */
export interface NativeBinding {
  TF_Version: string
  TF_ATTR_STRING: number
  TF_ATTR_TYPE: number
}

/** An attribute of a TensorFlow operation; `type` is one of the binding's TF_ATTR_… */
export interface Attribute {
  name: string
  type: number
  value: unknown
}

/** What is used here of tfjs-node's `NodeJSKernelBackend`. */
export interface NativeBackend extends KernelBackend {
  readonly binding: NativeBinding
  readonly isUsingGpuDevice: boolean
  getDTypeInteger(dtype: string): number
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor
}

/** The class, as tfjs-node exports it. */
export type NativeBackendClass = new (binding: NativeBinding, packageName: string) => NativeBackend
