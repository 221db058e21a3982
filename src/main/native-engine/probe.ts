import { join } from 'node:path'
import { type ErrorDetails, GyrusError, isErrorCode } from '../../shared/errors.ts'
import { type CommandResult, runCommand } from './command.ts'

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

const CHECK = join(import.meta.dirname, '..', 'engine', 'train', 'native-check.ts')

/**
 * Loads a native engine in a process of its own, which it may bring down, and lets it compute a gradient.
 * @param entry the script that does it; other than by default where the sources are bundled
 */
export function probeBy(entry: string = CHECK): ProbeEngine {
  return async (dir, signal) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '1' }
    return readAnswer(await runCommand(process.execPath, [entry, dir], { env, signal }))
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
