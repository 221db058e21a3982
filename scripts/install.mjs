// Installs the dependencies exactly as package-lock.json lists them, once per change of it. Dependency-free.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const modules = join(root, 'node_modules')
export const bin = join(modules, '.bin')
export const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const record = join(modules, '.gyrus-lock')
const busy = join(root, '.cache', 'installing')

export async function ensureInstalled() {
  if (isInstalled()) return
  await enter()
  try {
    if (isInstalled()) return
    await install()
    writeFileSync(record, lockHash())
  } finally {
    rmSync(busy, { force: true })
  }
}

function isInstalled() {
  return existsSync(node) && read(record) === lockHash()
}

/** The npm settings count too: they decide what an install leaves behind. */
function lockHash() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', '.npmrc']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

async function install() {
  say('installing what package-lock.json lists (npm ci; about half a minute, only after it changed) …')
  const started = Date.now()
  // devDependencies hold Node itself. `error` leaves out npm's remarks about the system's older Node.
  const code = await npm(['ci', '--include=dev', '--include=optional', '--loglevel=error'])
  // npm 10 can end with 0 although it broke off; it writes its own record of what is there last of all.
  if (code !== 0 || !existsSync(join(modules, '.package-lock.json'))) throw whyNot('npm ci')
  say(`adding Node ${packageVersion('node')} …`)
  // The one install script that .npmrc's `ignore-scripts` must not keep from running.
  const nodeCode = await npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
  if (nodeCode !== 0 || !existsSync(node)) throw whyNot('npm rebuild')
  say(`installed in ${seconds(started)} s.`)
}

/** Runs npm with its output on stderr; where that is no terminal, npm shows no progress, so a line now and then does. */
function npm(args) {
  const started = Date.now()
  const beat = setInterval(() => say(`still at it, ${seconds(started)} s …`), 10_000)
  if (process.stderr.isTTY) clearInterval(beat)
  return new Promise((resolve, reject) => {
    spawn(...npmCommand(args), { cwd: root, stdio: ['ignore', 2, 2], shell: needsShell(), env: systemEnvironment() })
      .on('error', () => reject(new Error('npm was not found; install Node.js together with npm, then run this again')))
      .on('exit', (code) => resolve(code ?? 1))
  }).finally(() => clearInterval(beat))
}

/**
 * npm that started us, else the one in PATH. The Node that runs this file may be the one in node_modules (npm puts it
 * first in PATH), which an install takes away; what npm then needs is the system's.
 */
function npmCommand(args) {
  const cli = process.env.npm_execpath
  const own = process.execPath.startsWith(modules)
  return cli?.endsWith('npm-cli.js') && !own ? [process.execPath, [cli, ...args]] : ['npm', args]
}

/** The environment without the programs in node_modules. */
function systemEnvironment() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Windows has npm as a batch file, which only a shell can start. */
function needsShell() {
  return process.platform === 'win32' && npmCommand([])[0] === 'npm'
}

function whyNot(step) {
  const probe = ['view', `node@${packageVersion('node')}`, 'version', '--fetch-retries=0', '--fetch-timeout=10000']
  const reached =
    spawnSync(...npmCommand(probe), { cwd: root, stdio: 'ignore', shell: needsShell(), env: systemEnvironment() })
      .status === 0
  return new Error(
    reached
      ? `${step} failed; what npm printed above says why. Nothing was started`
      : `the npm registry cannot be reached from here, and Gyrus needs it once to install its parts. Check the network, ` +
          `the proxy and \`npm config get registry\`, then run the command again`,
  )
}

function packageVersion(name) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`].version
}

/** One install at a time: the file `.cache/installing` holds the process id of the one that works. */
async function enter() {
  mkdirSync(dirname(busy), { recursive: true })
  for (let told = false; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    try {
      writeFileSync(busy, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const other = read(busy)
    if (other && !isAlive(Number(other))) rmSync(busy, { force: true })
    else if (!told) {
      say(`waiting for process ${other}, which is installing …`)
      told = true
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function say(text) {
  process.stderr.write(`Gyrus: ${text}\n`)
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000)
}
