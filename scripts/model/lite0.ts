import type { Graph, Node, Tensor } from '../../src/main/engine/onnx/graph.ts'

/** Tensors by their torch names, row-major. */
export type Weights = Map<string, { dims: number[]; data: Float32Array }>

/** Batch norm's epsilon in EfficientNet-Lite. */
const EPSILON = 1e-3

/**
 * Blocks of EfficientNet-Lite0 (efficientnet_lite_builder.py of TensorFlow's TPU models): repeats,
 * stride of the first repeat, expansion of the channels. Channels and kernels come from the weights.
 */
const BLOCKS = [
  { repeats: 1, stride: 1, expand: false },
  { repeats: 2, stride: 2, expand: true },
  { repeats: 2, stride: 2, expand: true },
  { repeats: 3, stride: 2, expand: true },
  { repeats: 3, stride: 1, expand: true },
  { repeats: 4, stride: 2, expand: true },
  { repeats: 1, stride: 1, expand: true },
]

/**
 * EfficientNet-Lite0 without its classifier, batch norm folded into the convolutions.
 * Input `input`, `batch × 3 × height × width`, RGB `(value − 127) / 128`; outputs `features`, `batch × 1280` (mean over
 * the positions), and `feature_map`, `batch × 1280 × height/32 × width/32`, from which they were pooled.
 */
export function buildLite0(weights: Weights): Graph {
  const nodes: Node[] = []
  const initialisers = new Map<string, Tensor>([
    ['zero', { type: 'float32', dims: [], data: Float32Array.of(0) }],
    ['six', { type: 'float32', dims: [], data: Float32Array.of(6) }],
  ])
  const add = (op: string, inputs: string[], output: string, attributes: Node['attributes'] = {}) => {
    nodes.push({ op, inputs, outputs: [output], attributes })
    return output
  }
  /** Convolution with its batch norm, and ReLU6 where asked. `SAME_UPPER` is TensorFlow's SAME: odd padding goes last. */
  const convolve = (input: string, name: string, torch: string, norm: string, stride: number, relu: boolean) => {
    const { weight, bias } = foldBatchNorm(weights, `${torch}.weight`, norm)
    const [channels = 0, perGroup, kernel = 1] = weight.dims
    initialisers.set(`${name}.weight`, weight).set(`${name}.bias`, bias)
    const output = add('Conv', [input, `${name}.weight`, `${name}.bias`], `${name}.sum`, {
      auto_pad: { s: 'SAME_UPPER' },
      group: { i: torch.includes('depthwise') && perGroup === 1 ? channels : 1 },
      kernel_shape: { ints: [kernel, kernel] },
      strides: { ints: [stride, stride] },
    })
    return relu ? add('Clip', [output, 'zero', 'six'], name) : output
  }

  let x = convolve('input', 'stem', '_conv_stem', '_bn0', 2, true)
  let index = 0
  for (const { repeats, stride, expand } of BLOCKS) {
    for (let repeat = 0; repeat < repeats; repeat++, index++) {
      const torch = `_blocks.${index}`
      const name = `block${index}`
      const input = x
      if (expand) x = convolve(x, `${name}.expand`, `${torch}._expand_conv`, `${torch}._bn0`, 1, true)
      x = convolve(x, `${name}.depthwise`, `${torch}._depthwise_conv`, `${torch}._bn1`, repeat === 0 ? stride : 1, true)
      x = convolve(x, `${name}.project`, `${torch}._project_conv`, `${torch}._bn2`, 1, false)
      // Later repeats keep size and channels, and so have a way round.
      if (repeat > 0) x = add('Add', [x, input], name)
    }
  }
  x = convolve(x, 'feature_map', '_conv_head', '_bn1', 1, true)
  add('Flatten', [add('GlobalAveragePool', [x], 'pooled')], 'features', { axis: { i: 1 } })
  return {
    name: 'efficientnet-lite0',
    nodes,
    initialisers,
    inputs: [{ name: 'input', dims: ['batch', 3, 'height', 'width'] }],
    outputs: [
      { name: 'features', dims: ['batch', 1280] },
      { name: 'feature_map', dims: ['batch', 1280, 'map_height', 'map_width'] },
    ],
  }
}

/** `w′ = w·γ/√(σ²+ε)`, `b′ = β − μ·γ/√(σ²+ε)`, a channel each (Ioffe and Szegedy 2015, eq. in section 3.1). */
function foldBatchNorm(weights: Weights, weight: string, norm: string): { weight: Tensor; bias: Tensor } {
  const take = (name: string) => {
    const tensor = weights.get(name)
    if (!tensor) throw new Error(`the weights lack ${name}`)
    return tensor
  }
  const { dims, data } = take(weight)
  const gamma = take(`${norm}.weight`).data
  const variance = take(`${norm}.running_var`).data
  const scale = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + EPSILON))
  const mean = take(`${norm}.running_mean`).data
  const bias = take(`${norm}.bias`).data.map((value, c) => value - (mean[c] ?? 0) * (scale[c] ?? 0))
  const perChannel = data.length / scale.length
  return {
    weight: { type: 'float32', dims, data: data.map((value, i) => value * (scale[Math.floor(i / perChannel)] ?? 0)) },
    bias: { type: 'float32', dims: [bias.length], data: bias },
  }
}
