import { join } from 'node:path'
import { type ErrorDetails, GyrusError, isErrorCode } from '../../shared/errors.ts'
import { type CommandOptions, type CommandResult, runCommand } from './command.ts'

/** What a native engine said of itself when it was tried. */
export interface Probe {
  /** E.g. `tensorflow 2.21.0, tfjs-node 4.22.0`. */
  version: string
  device: 'cpu' | 'gpu'
  /** Libraries of CUDA that it looked for in vain. */
  missingCuda: string[]
}

/** Tries the engine in a folder. */
export type ProbeEngine = (dir: string, signal?: AbortSignal) => Promise<Probe>

/** What the tried process writes, as one line of JSON. */
type Answer = Omit<Probe, 'missingCuda'> | { code: string; details: ErrorDetails }

/** TensorFlow's warnings about libraries of CUDA; without one of them it goes on with the CPU and says no more. */
const MISSING_CUDA = /Could not (?:load dynamic|find) library '?([\w.+-]+)'?/gi

const CHECK = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '..', 'engine', 'train', 'native-check.ts')
  : join(import.meta.dirname, 'native-check.js')

/** Runs a script of ours in a process of its own to its end. @throws GyrusError `native-engine-cancelled` */
export type RunScript = (script: string, args: string[], options: CommandOptions) => Promise<CommandResult>

const runInNode: RunScript = (script, args, options) => runCommand(process.execPath, [script, ...args], options)

/**
 * Loads a native engine in a process of its own, which it may bring down, and lets it compute a gradient.
 * @param entry the script that does it
 * @param run as a child of this Node by default
 */
export function probeBy(entry: string = CHECK, run: RunScript = runInNode): ProbeEngine {
  return async (dir, signal) => {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '1' }
    return readAnswer(await run(entry, [dir], { env, signal }))
  }
}

/** @throws GyrusError what the engine failed with; `native-engine-unusable` where it died */
function readAnswer({ stdout, endedBy, output }: CommandResult): Probe {
  const line = stdout.split('\n').findLast((text) => text.startsWith('{'))
  if (endedBy || !line) throw new GyrusError('native-engine-unusable', { reason: causeOfDeath(endedBy, output) })
  const answer = JSON.parse(line) as Answer
  if ('version' in answer) return { ...answer, missingCuda: missingCudaLibraries(output) }
  throw new GyrusError(isErrorCode(answer.code) ? answer.code : 'internal', answer.details)
}

export function missingCudaLibraries(log: string): string[] {
  return [...new Set([...log.matchAll(MISSING_CUDA)].flatMap(([, name]) => name ?? []))]
}

function causeOfDeath(endedBy: NodeJS.Signals | null, output: string): string {
  if (endedBy === 'SIGILL') return 'the processor lacks instructions that it needs, such as AVX'
  return endedBy ?? output.trim().split('\n').at(-1) ?? 'no answer'
}
