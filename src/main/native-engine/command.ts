import { spawn } from 'node:child_process'
import { GyrusError } from '../../shared/errors.ts'

const TAIL = 8_000
/** Time that a program gets to end by itself, ms. */
const GRACE_MS = 2_000

export interface CommandOptions {
  env: NodeJS.ProcessEnv
  cwd?: string
  signal?: AbortSignal | undefined
}

export interface CommandResult {
  /** 0 is success; null where a signal ended it. */
  code: number | null
  endedBy: NodeJS.Signals | null
  stdout: string
  /** The last {@link TAIL} characters of what it said on either stream. */
  output: string
}

/**
 * Runs a program to its end. An abort ends it with all that it started.
 * @throws GyrusError `native-engine-cancelled`; Error with code `ENOENT` where there is no such program
 */
export async function runCommand(program: string, args: string[], options: CommandOptions): Promise<CommandResult> {
  const { env, cwd, signal } = options
  if (signal?.aborted) throw new GyrusError('native-engine-cancelled')
  // A group of its own, so that compilers behind a compiler's driver end with it.
  const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let stdout = ''
  let output = ''
  const keep = (text: string) => {
    output = (output + text).slice(-TAIL)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    keep(text)
  })
  child.stderr.setEncoding('utf8').on('data', keep)
  const stop = () => endGroup(child.pid)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const { promise, resolve, reject } = Promise.withResolvers<Pick<CommandResult, 'code' | 'endedBy'>>()
    child.once('error', reject).once('close', (code, endedBy) => resolve({ code, endedBy }))
    const ending = await promise
    if (signal?.aborted) throw new GyrusError('native-engine-cancelled')
    return { ...ending, stdout, output }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** Programs tell of a full disk only in words. @throws Error with code `ENOSPC` */
export function throwIfDiskFull({ output }: CommandResult): void {
  if (!/No space left on device|ENOSPC|Disk quota exceeded/.test(output)) return
  throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  killGroup(pid, 'SIGTERM')
  setTimeout(() => killGroup(pid, 'SIGKILL'), GRACE_MS).unref()
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It is gone already.
  }
}
