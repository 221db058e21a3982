import { loadNativeBackend } from './native.ts'
import { explainNativeError } from './native-errors.ts'

/**
 * Entry of a process that tries a native engine: `node native-check.ts <folder>`. It may die of the wrong processor or
 * library, so it is nobody else's process. Writes one line of JSON: version and device, or code and details of a failure.
 */
async function check(dir: string): Promise<{ version: string; device: string }> {
  const { tf, version, device } = await loadNativeBackend(dir)
  const image = tf.ones([1, 4, 4, 1]) as ReturnType<typeof tf.tensor4d>
  const filter = tf.ones([3, 3, 1, 1]) as ReturnType<typeof tf.tensor4d>
  // A 3 × 3 filter fits 4 times: each of its weights meets 4 pixels, all 1.
  const gradient = await tf.grad((weights) => tf.sum(tf.conv2d(image, weights as typeof filter, 1, 'valid')))(filter)
  const wrong = (await gradient.data()).some((value) => value !== 4)
  if (wrong) throw new Error('it computes wrong gradients')
  return { version, device }
}

try {
  console.log(JSON.stringify(await check(process.argv[2] ?? '')))
} catch (error) {
  const { code, details } = explainNativeError(error)
  console.log(JSON.stringify({ code, details }))
}
