/** A float32 tensor, row-major. */
export interface Output {
  dims: readonly number[]
  data: Float32Array
}

/** A network that was loaded and can be run. */
export interface Session {
  /** Name of the provider that runs it. */
  readonly provider: string
  /** What computes, with version and device, e.g. `onnxruntime-node 1.30.0 cpu`. */
  readonly engine: string
  /**
   * Runs the network on one input, `batch × 3 × height × width`.
   * @returns the outputs asked for, in that order.
   */
  run(input: Float32Array, dims: number[], outputs: string[]): Promise<Output[]>
  dispose(): Promise<void>
}

export interface SessionOptions {
  /** Threads that work on one run; by default one a processor. */
  threads?: number
}

/** Something that can run ONNX networks. */
export interface Provider {
  name: string
  /** Loads a network. Throws where the provider does not work on this machine, or cannot run this network. */
  createSession(onnx: Uint8Array, options: SessionOptions): Promise<Session>
}
