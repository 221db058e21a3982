import { resolve } from 'node:path'

/** Options of ours that take the next word as their value. */
const WITH_VALUE = ['--data-dir', '--passphrase-file', '--token-file']
/** The value of `--name value` or `--name=value`. The rest of the line may hold Chromium's own switches. */
export function optionIn(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`))
  const found = args[index]
  return found === name ? args[index + 1] : found?.slice(name.length + 1)
}

/**
 * Files and folders that a command line names, as absolute paths.
 *
 * @param args without program and entry
 * @param cwd folder that relative ones start from
 */
export function pathsIn(args: readonly string[], cwd: string): string[] {
  const values = new Set(args.flatMap((arg, at) => (WITH_VALUE.includes(arg) ? [at + 1] : [])))
  return args.filter((arg, at) => arg !== '' && !arg.startsWith('-') && !values.has(at)).map((arg) => resolve(cwd, arg))
}
