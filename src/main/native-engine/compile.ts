import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { runCommand, throwIfDiskFull } from './command.ts'
import { LIBRARY_FOLDER } from './places.ts'
import { LOG_LEVEL, MUTE } from './sources.ts'
import type { Step, StepContext } from './steps.ts'

const NODE_API = 8
const FLAGS = ['-std=c++17', '-O2', '-fPIC', '-shared', '-s', `-DNAPI_VERSION=${NODE_API}`]
const BINDING = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc']
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/** Compiles the binding against the library in one go; node-gyp would ask the network for headers of its own. */
export const compileStep: Step = {
  name: 'compile',
  seconds: 15,
  output: 'unpacked/package/lib',
  async make(context) {
    const { work, scratch } = context
    const made = join(scratch, 'lib', `napi-v${NODE_API}`)
    await mkdir(made, { recursive: true })
    const [logLevel, mute] = [join(scratch, 'log-level.cc'), join(scratch, 'mute.cc')]
    await Promise.all([writeFile(logLevel, LOG_LEVEL), writeFile(mute, MUTE)])
    const unpacked = join(work, 'unpacked')
    const sources = [...BINDING.map((source) => join(unpacked, source)), logLevel]
    const libraries = ['-L', join(unpacked, 'package', LIBRARY_FOLDER), ...LIBRARIES.map((library) => `-l:${library}`)]
    const path = `-Wl,-rpath,$ORIGIN/../../${LIBRARY_FOLDER}`
    await compile(context, [...sources, '-o', join(made, 'tfjs_binding.node'), ...libraries, path])
    await compile(context, [mute, '-o', join(made, 'mute.node')])
    return join(scratch, 'lib')
  },
}

/** @throws GyrusError `native-engine-build`, `native-engine-cancelled` */
async function compile({ work, scratch, tools, env, signal }: StepContext, args: string[]): Promise<void> {
  const include = join(work, 'unpacked', 'include')
  const options = { env, cwd: scratch, signal }
  const result = await runCommand(tools.compiler, [...FLAGS, '-I', include, ...args], options)
  if (result.code === 0) return
  throwIfDiskFull(result)
  throw new GyrusError('native-engine-build', { reason: reasonIn(result.output) })
}

/** The first error of the compiler or linker. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  return lines.find((line) => /\berror\b|cannot find/i.test(line)) ?? lines.findLast(Boolean) ?? 'the compiler failed'
}
