// Runs a task of package.json on Node 24, whatever Node the system has (20 or newer), and first installs what is
// missing. No dependencies, and nothing on stdout: `gyrus --json` writes there.

import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { bin, ensureInstalled, modules, node, root } from './install.mjs'

/** Each task is a list of Node programs; the last one gets the arguments. */
const TASKS = {
  start: [['scripts/build.ts', '--if-stale'], ['scripts/start.ts']],
  gyrus: [['src/main/cli/main.ts']],
  test: [['scripts/test.ts']],
  bench: [['scripts/bench.ts']],
  soak: [['scripts/soak.ts']],
  torture: [['scripts/torture.ts']],
  fuzz: [['scripts/fuzz.ts']],
  screenshots: [['scripts/screenshots.ts']],
  package: [['scripts/package/make.ts']],
  'package:check': [['scripts/package/check.ts']],
}

const [task, ...args] = process.argv.slice(2)
const programs = TASKS[task]
if (!programs) fail(`unknown task “${task ?? ''}”; there are ${Object.keys(TASKS).join(', ')}`)

try {
  await ensureInstalled()
} catch (error) {
  fail(error.message)
}

process.env.PATH = bin + delimiter + (process.env.PATH ?? '')
// Stripping the types of a few hundred files takes longer than all else that happens at a start.
process.env.NODE_COMPILE_CACHE ??= join(modules, '.cache', 'node')
for (const program of programs.slice(0, -1)) {
  const { status } = spawnSync(node, inRoot(program), { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
become([...inRoot(programs.at(-1)), ...args])

function inRoot([file, ...rest]) {
  return [join(root, file), ...rest]
}

/** Turns this process into `node …args`; where that is not possible, stands in front of it as if it were. */
function become(args) {
  const underNpm = process.env.npm_lifecycle_event && process.platform !== 'win32'
  if (process.execve && process.platform !== 'win32') {
    const watch = underNpm ? ['--import', new URL('with-parent.mjs', import.meta.url).href] : []
    // Node prints its "experimental" warning on the next tick, which never comes.
    process.execve(node, [node, ...watch, ...args], process.env)
  }
  if (underNpm) import('./with-parent.mjs')

  const child = spawn(node, args, { stdio: 'inherit' })
  // A terminal sends Ctrl-C to the child too; passed on, it would arrive twice.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  const pass = (signal) => (signal === 'SIGINT' && terminal) || child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    for (const passed of signals) process.off(passed, pass)
    // Die of the same signal, as the shell would have seen it; the exit code is for those that Node cannot die of.
    process.kill(process.pid, signal)
    process.exitCode = 128 + (constants.signals[signal] ?? 0)
  })
}

function fail(message) {
  process.stderr.write(`Gyrus: ${message}.\n`)
  process.exit(1)
}
