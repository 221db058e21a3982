import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type * as Electron from 'electron'
import type { Reply } from '../../../src/main/core/dispatch.ts'
import '../../../src/renderer/client/electron.ts'
import type { RequestName } from '../../../src/shared/contract.ts'
import { PASSWORD, READER } from '../../support/accounts.ts'
import { SETTINGS, type Settings } from '../entry/settings.ts'
import { BUNDLES, CORE_PROCESS, PAGE } from './bundles.ts'
import { Line } from './line.ts'
import { familyOf } from './processes.ts'

const fail = ({ output }: { output: string }) => Promise.reject(new Error(`the shell ended: ${output}`))
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50))

/** As root, Chromium needs the first. No graphics card is here, and a camera that is none can still be refused. */
export const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--use-fake-device-for-media-stream',
]
/** Stripping the types of a few hundred files takes longer than all else that happens at a start. */
const COMPILED = join(BUNDLES, 'compiled')
export const BUNDLED_ENTRY = join(BUNDLES, 'main.js')

export interface Start {
  /** Program and its arguments. */
  command: [program: string, ...args: string[]]
  display: string
  /** A folder for the test's socket. */
  folder: string
  cwd?: string
  env?: NodeJS.ProcessEnv
}

/**
 * The shell as it runs in the old Electron. Functions that are passed in run there: they see nothing of the test but
 * `arg`, and may be written only in what its Node 12 and Chrome 83 understand.
 */
export class Shell {
  readonly process: ChildProcess
  readonly ended: Promise<{ code: number | null; output: string }>
  readonly #line: Line
  #output = ''

  constructor({ command: [program, ...args], display, folder, cwd, env }: Start) {
    const socket = join(mkdtempSync(join(folder, 'line-')), 'line')
    this.#line = new Line(socket)
    const settings: Settings = { node: process.execPath, core: CORE_PROCESS, page: PAGE, socket }
    this.process = spawn(program, args, {
      cwd,
      env: {
        ...process.env,
        DISPLAY: display,
        NODE_COMPILE_CACHE: COMPILED,
        ...env,
        [SETTINGS]: JSON.stringify(settings),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.ended = this.#end()
  }

  /** Runs a function in the main process. */
  async inMain<Result, Arg>(run: (electron: typeof Electron, arg: Arg) => Result | Promise<Result>, arg?: Arg) {
    return (await Promise.race([this.#line.run(String(run), arg), this.ended.then(fail)])) as Result
  }

  /** Waits for the window and signs the test's reader in, by the page's own bridge; makes the account on the first day. */
  async ready(): Promise<void> {
    await this.window()
    await this.until(() => 'gyrus' in window)
    const state = await this.ask('session.get', {})
    const first = 'ok' in state && (state.ok as { state: string }).state === 'setup'
    const reply = first
      ? await this.ask('session.set-up', { name: READER, fullName: 'Test Reader', password: PASSWORD })
      : await this.ask('session.sign-in', { name: READER, password: PASSWORD })
    if ('failure' in reply) throw new Error(reply.failure.message)
  }

  /** Runs a function in the page of the first window. */
  async inPage<Result, Arg>(run: (arg: Arg) => Result | Promise<Result>, arg?: Arg): Promise<Result> {
    const code = `(${run})(${JSON.stringify(arg ?? null)})`
    return (await this.inMain(
      ({ BrowserWindow }, code) => BrowserWindow.fromId(1)?.webContents.executeJavaScript(code),
      code,
    )) as Result
  }

  /** Waits for the window. */
  async window(): Promise<void> {
    while ((await this.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)) === 0) await pause()
  }

  /** Waits until the function says anything true in the page. */
  async until<Result, Arg>(run: (arg: Arg) => Result, arg?: Arg, patience = 45_000): Promise<Result> {
    const deadline = Date.now() + patience
    for (;;) {
      const result = await this.inPage(run, arg)
      if (result) return result
      if (Date.now() > deadline) throw new Error(`the page did not come to ${run}: ${await this.text()}`)
      await pause()
    }
  }

  text(): Promise<string> {
    return this.inPage(() => document.body.innerText)
  }

  /** Waits until this text is on the page. */
  async shows(text: string | RegExp): Promise<void> {
    const pattern = typeof text === 'string' ? text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&') : text.source
    await this.until((pattern) => new RegExp(pattern).test(document.body.innerText), pattern)
  }

  /** Clicks the button that is called so, once it is there. */
  async click(name: string): Promise<void> {
    await this.until((name) => {
      const button = Array.from(document.querySelectorAll('button')).find((button) => button.innerText.includes(name))
      button?.click()
      return button !== undefined
    }, name)
  }

  /** Asks the core by the page's own bridge. */
  ask(name: RequestName, input: unknown): Promise<Reply> {
    return this.inPage(([name, input]) => window.gyrus?.requests[name](input as never) as Promise<Reply>, [
      name,
      input,
    ] as const)
  }

  /** Has the window's user choose this in a dialog of the shell, which nobody is there to use: a page names no other place. */
  async choose(path: string): Promise<void> {
    await this.inMain(({ dialog }, path) => {
      const { showOpenDialog } = dialog
      Object.assign(dialog, {
        showOpenDialog: async () => {
          Object.assign(dialog, { showOpenDialog })
          return { canceled: false, filePaths: [path] }
        },
      })
    }, path)
    await this.inPage(() => window.gyrus?.chooseFolder())
  }

  /** Errors and warnings that windows wrote to their consoles, Electron's own security warnings among them. */
  complaints(): Promise<string[]> {
    return this.inMain(() => (globalThis as { complaints?: string[] }).complaints ?? [])
  }

  /** Waits until it has written this to its terminal, and returns all that it wrote. */
  async says(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#output)) await Promise.race([pause(), this.ended.then(fail)])
    return this.#output
  }

  /** A picture of the window, as PNG. */
  async picture(): Promise<Buffer> {
    const base64 = await this.inMain(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.fromId(1)?.webContents.capturePage()
      return image?.toPNG().toString('base64') ?? ''
    })
    return Buffer.from(base64, 'base64')
  }

  /** Asks the app to quit and waits until it has. */
  async quit(): Promise<{ code: number | null; output: string }> {
    // It may be gone before it answers.
    await this.inMain(({ app }) => app.quit()).catch(() => undefined)
    return this.ended
  }

  /** Whatever state it is in, with all that it started. */
  async end(): Promise<void> {
    if (this.process.exitCode === null) {
      for (const { pid } of familyOf(this.process.pid ?? 0)) killIfThere(pid)
    }
    await this.ended
  }

  async #end(): Promise<{ code: number | null; output: string }> {
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    }
    const [code] = (await once(this.process, 'exit')) as [number | null]
    this.#line.close()
    return { code, output: this.#output }
  }
}
