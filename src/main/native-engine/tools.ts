import { accessSync, constants } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { runCommand } from './command.ts'

const COMPILERS = ['c++', 'g++', 'clang++']

/** Programs of this machine that an installation uses. */
export interface Tools {
  compiler: string
  python: string
  npm: string
}

/** @throws GyrusError `native-engine-no-compiler` */
export function findCompiler(env: NodeJS.ProcessEnv): string {
  const commands = env.CXX ? [env.CXX, ...COMPILERS] : COMPILERS
  const found = findProgram(commands, env)
  if (!found) throw new GyrusError('native-engine-no-compiler', { commands: commands.join(', ') })
  return found
}

/** @throws GyrusError `native-engine-no-python` */
export async function findPython(env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const python = findProgram(['python3'], env)
  if (!python) throw new GyrusError('native-engine-no-python', { reason: 'no python3 in PATH' })
  const { code } = await runCommand(python, ['-m', 'pip', '--version'], { env, signal })
  if (code !== 0) throw new GyrusError('native-engine-no-python', { reason: `${python} has no pip` })
  return python
}

/** @throws GyrusError `native-engine-no-npm` */
export function findNpm(env: NodeJS.ProcessEnv): string {
  const npm = findProgram(['npm'], env)
  if (!npm) throw new GyrusError('native-engine-no-npm')
  return npm
}

/** @throws GyrusError `native-engine-disk-space` where the file system of `path` has less free */
export async function requireSpace(path: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeSpace(path)
  if (freeBytes < neededBytes) throw noSpace(path, neededBytes, freeBytes)
}

export async function freeSpace(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

export function noSpace(path: string, neededBytes: number, freeBytes: number): GyrusError {
  const [neededMegabytes, freeMegabytes] = [Math.ceil(neededBytes / 1e6), Math.floor(freeBytes / 1e6)]
  return new GyrusError('native-engine-disk-space', { path, neededMegabytes, freeMegabytes })
}

/** The first of the commands that is in PATH, or is an absolute path, and can be run. */
export function findProgram(commands: readonly string[], { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const folders = PATH.split(delimiter).filter(Boolean)
  const places = commands.flatMap((command) =>
    isAbsolute(command) ? command : folders.map((folder) => join(folder, command)),
  )
  return places.find(isProgram)
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
