import { GyrusError } from '../../../shared/errors.ts'

/** The loader's words for a library that is not there, on Linux and on macOS. */
const MISSING_LIBRARY = [/([\w.+-]+\.so[\d.]*): cannot open shared object file/, /Library not loaded: \S*?([^/\s]+)$/m]

/** TensorFlow's words for memory that it did not get: on a GPU (allocator BFC, cuDNN), and on the CPU. */
const OUT_OF_MEMORY = /\bOOM when allocating|out of memory|RESOURCE_EXHAUSTED|CUDA_ERROR_OUT_OF_MEMORY/i

/** An error of the native engine as one that a user can see: a missing library and lack of memory are named. */
export function explainNativeError(error: unknown): GyrusError {
  if (error instanceof GyrusError) return error
  const message = messageOf(error)
  const library = MISSING_LIBRARY.map((words) => words.exec(message)?.[1]).find(Boolean)
  if (library) return new GyrusError('native-engine-library-missing', { library }, { cause: error })
  if (isOutOfMemory(error)) return new GyrusError('native-engine-memory', {}, { cause: error })
  return new GyrusError('native-engine-unusable', { reason: firstLine(message) }, { cause: error })
}

/** Whether an operation failed for lack of memory; with a smaller batch it may succeed. */
export function isOutOfMemory(error: unknown): boolean {
  return OUT_OF_MEMORY.test(messageOf(error))
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const firstLine = (text: string) => text.trim().split('\n')[0] ?? ''
