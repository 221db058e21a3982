import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { LIBRARY_FOLDER } from './places.ts'
import type { Step, StepContext } from './steps.ts'
import { unpackTarball } from './tar.ts'
import { extractEntry, readZip } from './zip.ts'

/** Taken out of the wheel, with their places below `unpacked/`; all else in it is for Python. */
const FROM_WHEEL: Record<string, string> = {
  'tensorflow/libtensorflow_cc.so.2': `package/${LIBRARY_FOLDER}/libtensorflow_cc.so.2`,
  'tensorflow/libtensorflow_framework.so.2': `package/${LIBRARY_FOLDER}/libtensorflow_framework.so.2`,
  'tensorflow/THIRD_PARTY_NOTICES.txt': 'package/THIRD_PARTY_NOTICES.txt',
  'tensorflow/include/LICENSE': 'package/LICENSE',
}

/** What the binding includes of TensorFlow's C headers. */
const HEADERS = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
]

/** Paths in the wheel. */
export const NEEDED_OF_WHEEL = [...Object.keys(FROM_WHEEL), ...HEADERS.map((path) => `tensorflow/include/${path}`)]

/** Leaves `unpacked/package` (the engine without its binding), `unpacked/include` and `unpacked/binding` (sources). */
export const unpackStep: Step = {
  name: 'unpack',
  seconds: 15,
  output: 'unpacked',
  async make(context) {
    const target = join(context.scratch, 'unpacked')
    const isScript = (path: string) => /^dist\/.*(?<!_test)\.js$/.test(path) || path === 'package.json'
    await unpackTarball(join(context.work, 'binding.tgz'), join(target, 'package'), isScript)
    await unpackTarball(join(context.work, 'binding.tgz'), target, (path) => path.startsWith('binding/'))
    await unpackTarball(join(context.work, 'headers.tgz'), target, (path) => path.startsWith('include/'))
    await unpackWheel(context, target)
    return target
  },
}

async function unpackWheel({ work, parts, signal, onShare }: StepContext, target: string): Promise<void> {
  const wheel = join(work, 'library.whl')
  const headers = HEADERS.map((path) => [`tensorflow/include/${path}`, `include/${path}`] as const)
  const entries = await readZip(wheel)
  let done = 0
  const onBytes = (bytes: number) => {
    done += bytes
    onShare(Math.min(1, done / parts.library.unpackedBytes))
  }
  for (const [name, path] of [...Object.entries(FROM_WHEEL), ...headers]) {
    const entry = entries.get(name)
    if (!entry) throw new GyrusError('native-engine-build', { reason: `${parts.library.file} has no ${name}` })
    await extractEntry(wheel, entry, join(target, path), { signal, onBytes })
  }
}
