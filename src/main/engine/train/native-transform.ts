import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core'
import type { NativeBackend } from './native-backend.ts'

interface TransformAttributes {
  interpolation: 'nearest' | 'bilinear'
  fillMode: 'constant' | 'reflect' | 'wrap' | 'nearest'
  fillValue: number
  outputShape?: [number, number]
}

/**
 * `tf.image.transform` (rotating, shifting, scaling), which tfjs-node leaves out, over TensorFlow's own operation
 * ImageProjectiveTransformV3. Images are batch × height × width × channels; a transform is 8 numbers an image, from the
 * output's pixel to the input's.
 */
export function transformKernel(tf: typeof import('@tensorflow/tfjs-core')): KernelConfig {
  return {
    kernelName: tf.Transform,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { image, transforms } = inputs as Record<'image' | 'transforms', TensorInfo>
      const { interpolation, fillMode, fillValue, outputShape } = attrs as unknown as TransformAttributes
      const native = backend as NativeBackend
      const text = (name: string, value: string) => ({ name, type: native.binding.TF_ATTR_STRING, value })
      const size = tf.tensor1d(outputShape ?? image.shape.slice(1, 3), 'int32')
      const fill = tf.scalar(fillValue)
      try {
        return native.executeSingleOutput(
          'ImageProjectiveTransformV3',
          [
            { name: 'dtype', type: native.binding.TF_ATTR_TYPE, value: native.getDTypeInteger(image.dtype) },
            text('interpolation', interpolation.toUpperCase()),
            text('fill_mode', fillMode.toUpperCase()),
          ],
          [image, transforms, size, fill],
        )
      } finally {
        tf.dispose([size, fill])
      }
    },
  }
}
