import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test as base, describe, expect } from 'vitest'

const SCRIPTS = join(dirname(dirname(import.meta.dirname)), 'scripts')

/** Stands in for npm: notes how it was called, and “installs” the Node that runs it. */
const NPM = `
  const fs = require('node:fs')
  fs.appendFileSync('calls', process.argv[2] + '\\n')
  if (process.env.NPM_FAILS?.includes(process.argv[2])) process.exit(1)
  if (process.argv[2] === 'ci') fs.rmSync('node_modules', { recursive: true, force: true })
  fs.mkdirSync('node_modules/node/bin', { recursive: true })
  if (process.argv[2] === 'ci' && !process.env.NPM_BREAKS_OFF) fs.writeFileSync('node_modules/.package-lock.json', '{}')
  if (process.argv[2] === 'rebuild') fs.symlinkSync(process.execPath, 'node_modules/node/bin/node')
  setTimeout(() => console.log('noise'), Number(process.env.NPM_TAKES ?? 0))`

const TASK = `
  if (process.argv[2] === 'wait') setInterval(() => {}, 1000)
  process.on('SIGTERM', () => { console.log('told to stop'); process.exit(5) })
  console.log(JSON.stringify(process.argv.slice(2)))
  process.exitCode = 3`

interface Started {
  pid: number
  /** When the task has written something. */
  speaks: Promise<void>
  ended: Promise<{ out: string; err: string; code: number | null }>
}

class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'gyrus bootstrap '))

  constructor() {
    for (const file of ['bootstrap.mjs', 'install.mjs', 'with-parent.mjs']) {
      cpSync(join(SCRIPTS, file), join(this.folder, 'scripts', file))
    }
    this.write('package-lock.json', '{"packages":{"node_modules/node":{"version":"1.2.3"}}}')
    this.write('.npmrc', '')
    this.write('npm-cli.js', NPM)
    this.write('src/main/cli/main.ts', TASK)
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), content)
  }

  /** `before`: what the shell command begins with. */
  start(args: string, env: NodeJS.ProcessEnv = {}, before = 'exec'): Started {
    const command = `${before} "${process.execPath}" scripts/bootstrap.mjs ${args}`
    const own = { npm_execpath: join(this.folder, 'npm-cli.js'), npm_lifecycle_event: 'gyrus' }
    const child = spawn(command, { cwd: this.folder, shell: true, env: { ...process.env, ...own, ...env } })
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const speaks = new Promise<void>((resolve) => child.stdout.once('readable', resolve))
    const ended = Promise.all([text(child.stdout), text(child.stderr), exit])
    return { pid: child.pid ?? 0, speaks, ended: ended.then(([out, err, code]) => ({ out, err, code })) }
  }

  run(args: string, env: NodeJS.ProcessEnv = {}) {
    return this.start(args, env).ended
  }

  npmCalls(): string[] {
    return readFileSync(join(this.folder, 'calls'), 'utf8').trim().split('\n')
  }
}

const test = base.extend('project', ({ task: _ }, { onCleanup }) => {
  const project = new Project()
  onCleanup(() => rmSync(project.folder, { recursive: true, force: true }))
  return project
})

test('the first run installs, and nothing but the task writes to stdout', async ({ project }) => {
  const { out, err, code } = await project.run('gyrus classify "a b" --json')
  expect(out).toBe('["classify","a b","--json"]\n')
  expect(code).toBe(3)
  expect(err).toContain('npm ci')
  expect(project.npmCalls()).toEqual(['ci', 'rebuild'])
})

test('later runs install only when the lockfile or the npm settings changed', async ({ project }) => {
  await project.run('gyrus')
  expect((await project.run('gyrus')).err).toBe('')
  expect(project.npmCalls()).toHaveLength(2)
  project.write('package-lock.json', '{"packages":{"node_modules/node":{"version":"1.2.4"}}}')
  await project.run('gyrus')
  project.write('.npmrc', 'save-exact=true')
  await project.run('gyrus')
  expect(project.npmCalls()).toHaveLength(6)
})

test('two at a time install once', async ({ project }) => {
  const [a, b] = await Promise.all(['a', 'b'].map((arg) => project.run(`gyrus ${arg}`, { NPM_TAKES: '300' })))
  expect([a?.out, b?.out]).toEqual(['["a"]\n', '["b"]\n'])
  expect(project.npmCalls()).toEqual(['ci', 'rebuild'])
})

test('an install that was killed does not stop the next one', async ({ project }) => {
  const gone = project.start('', {}, ':;')
  await gone.ended
  project.write('.cache/installing', String(gone.pid))
  expect((await project.run('gyrus')).code).toBe(3)
})

test('without the registry it says so, and tries again the next time', async ({ project }) => {
  const { out, err, code } = await project.run('gyrus', { NPM_FAILS: 'ci view' })
  expect({ out, code }).toEqual({ out: '', code: 1 })
  expect(err).toContain('registry cannot be reached')
  expect((await project.run('gyrus', { NPM_FAILS: 'rebuild' })).err).toContain('npm rebuild failed')
  expect((await project.run('gyrus')).code).toBe(3)
})

test('an npm that breaks off and calls it success has failed', async ({ project }) => {
  const { err, code } = await project.run('gyrus', { NPM_BREAKS_OFF: '1' })
  expect(code).toBe(1)
  expect(err).toContain('npm ci failed')
})

test('an install that someone spoiled is made anew', async ({ project }) => {
  await project.run('gyrus')
  rmSync(join(project.folder, 'node_modules', 'node'), { recursive: true })
  expect((await project.run('gyrus')).code).toBe(3)
})

test('an unknown task is named', async ({ project }) => {
  expect(await project.run('dance')).toMatchObject({ code: 1, err: expect.stringContaining('“dance”') })
})

/** Node 20 has no `execve`; there a process stands in front of the task. */
describe.for([
  ['in its place', {}],
  ['in front of it', { NODE_OPTIONS: '--import=data:text/javascript,delete%20process.execve' }],
] as const)('the task is told to stop: bootstrap %s', ([, env]) => {
  test('by a signal', async ({ project }) => {
    await project.run('gyrus')
    const { pid, speaks, ended } = project.start('gyrus wait', env)
    await speaks
    process.kill(pid, 'SIGTERM')
    expect(await ended).toMatchObject({ out: '["wait"]\ntold to stop\n', code: 5 })
  })

  test('when npm stopped only the shell between', async ({ project }) => {
    await project.run('gyrus')
    const { pid, speaks, ended } = project.start('gyrus wait; :', env, '')
    await speaks
    process.kill(pid, 'SIGTERM')
    expect(await ended).toMatchObject({ out: '["wait"]\ntold to stop\n' })
  })
})
