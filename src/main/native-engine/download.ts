import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { type CommandResult, runCommand, throwIfDiskFull } from './command.ts'
import { folderBytes, sha256File } from './files.ts'
import type { Download, NpmPart, WheelPart } from './parts.ts'
import type { Step, StepContext } from './steps.ts'

const WATCH_MS = 500

/** The TensorFlow library, by pip, from whichever index pip is set to. */
export const libraryStep: Step = {
  name: 'library',
  seconds: 60,
  output: 'library.whl',
  isWhole: (path, { parts, signal }) => isGenuine(path, parts.library, signal),
  make: (context) => download(context, context.parts.library, () => fetchByPip(context, context.parts.library)),
}

export const bindingStep = npmStep('binding')
export const headersStep = npmStep('headers')

/** A package, by npm, from whichever registry npm is set to. */
function npmStep(name: 'binding' | 'headers'): Step {
  return {
    name,
    seconds: 3,
    output: `${name}.tgz`,
    isWhole: (path, { parts, signal }) => isGenuine(path, parts[name], signal),
    make: (context) => download(context, context.parts[name], () => fetchByNpm(context, context.parts[name])),
  }
}

async function isGenuine(path: string, { bytes, sha256 }: Download, signal?: AbortSignal): Promise<boolean> {
  return (await stat(path)).size === bytes && (await sha256File(path, { signal })) === sha256
}

/** @throws GyrusError `native-engine-download`, `native-engine-altered`, `native-engine-cancelled` */
async function download(context: StepContext, part: Download, fetch: () => Promise<CommandResult>): Promise<string> {
  const { scratch, signal, onShare } = context
  // Neither pip nor npm tells how far it is where nobody watches; what is on the disk does.
  const watch = setInterval(async () => onShare(Math.min(1, (await folderBytes(scratch)) / part.bytes)), WATCH_MS)
  try {
    const result = await fetch()
    const file = join(scratch, part.file)
    if (result.code !== 0 || !existsSync(file)) {
      throwIfDiskFull(result)
      throw new GyrusError('native-engine-download', { part: part.name, reason: reasonIn(result.output) })
    }
    if (!(await isGenuine(file, part, signal))) throw new GyrusError('native-engine-altered', { file: part.file })
    return file
  } finally {
    clearInterval(watch)
  }
}

async function fetchByPip({ tools, env, signal, scratch }: StepContext, part: WheelPart): Promise<CommandResult> {
  const { python, abi, platform } = part.tags
  const tags = ['--python-version', python, '--implementation', 'cp', '--abi', abi, '--platform', platform]
  const quiet = ['--progress-bar', 'off', '--disable-pip-version-check', '--no-input']
  const args = ['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', ...quiet, ...tags]
  const temporary = join(scratch, 'tmp')
  await mkdir(temporary)
  return runCommand(tools.python, ['-m', 'pip', ...args, '--dest', scratch, part.requirement], {
    // pip writes there first: it stays where the space was checked, and goes with the rest.
    env: { ...env, TMPDIR: temporary },
    cwd: scratch,
    signal,
  })
}

function fetchByNpm({ tools, env, signal, scratch }: StepContext, part: NpmPart): Promise<CommandResult> {
  const args = ['pack', part.spec, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  return runCommand(tools.npm, [...args, '--pack-destination', scratch], { env, cwd: scratch, signal })
}

/** The first line that pip or npm calls an error, without that word. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const errors = lines.flatMap((line) => /^(?:ERROR:|npm (?:error|ERR!)) (?!code )(.*)/.exec(line)?.[1] ?? [])
  return errors[0] ?? lines.findLast(Boolean) ?? 'nothing came'
}
