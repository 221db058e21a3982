import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { lockDataFolder } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'
import { PICTURES } from './support/bundles.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

const WRONG = ['nine green kettles sink', 'Nine green kettles sing'] as const

/** What the window that asks shows, once it is there. */
const asks = (shell: Shell) =>
  expect.poll(() => textOf(shell, 'gyrus://passphrase/'), { timeout: 45_000 }).toContain('Passphrase of the record')

const textOf = (shell: Shell, address: string) =>
  shell.inMain(({ BrowserWindow }, address) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() === address)
    return window?.webContents.executeJavaScript('document.body.innerText') ?? ''
  }, address)

/** Types a passphrase and presses Enter. */
const give = (shell: Shell, secret: string) =>
  shell.inMain(async ({ BrowserWindow }, secret) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    await contents?.insertText(secret)
    for (const type of ['keyDown', 'char', 'keyUp'] as const) {
      contents?.sendInputEvent({ type, keyCode: type === 'char' ? '\r' : 'Return' })
    }
  }, secret)

/** Runs text in the page of the only window. */
const run = (shell: Shell, code: string) =>
  shell.inMain(({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code), code)

/** Keeps what the button says, one after the other; when it says “in 2 s”, the form is sent as if by Enter. */
const WATCH = `{
  const form = document.querySelector('form')
  const button = form.querySelector('button')
  window.said = []
  new MutationObserver(() => {
    said.push(button.textContent)
    if (button.textContent !== 'Open (in 2 s)') return
    form.querySelector('input').value = ${JSON.stringify(PASSPHRASE)}
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    form.querySelector('input').value = ''
  }).observe(button, { childList: true })
}`

const saidBy = (shell: Shell) => expect.poll(() => run(shell, 'said'), { timeout: 20_000 })

test('an encrypted record is opened by its passphrase in a window of its own', async ({ electron, onTestFinished }) => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  await encryptFolder(dataDir)
  const shell = openShell(electron, folder)
  onTestFinished(() => shell.end())
  await asks(shell)
  expect(await textOf(shell, 'gyrus://passphrase/')).toContain(dataDir)

  await run(shell, WATCH)
  await give(shell, WRONG[0])
  const first = ['Opening…', 'Open (in 1 s)', 'Open']
  await saidBy(shell).toEqual(first)
  const shown = await textOf(shell, 'gyrus://passphrase/')
  expect(shown).toContain('The passphrase is not that of this record.')
  expect(shown).toContain('give the recovery code')

  // The second one holds up the next twice as long, and while that lasts nothing is sent.
  await give(shell, WRONG[1])
  await saidBy(shell).toEqual([...first, 'Opening…', 'Open (in 2 s)', 'Open (in 1 s)', 'Open'])
  await give(shell, PASSPHRASE)
  await expect.poll(() => textOf(shell, 'gyrus://app/'), { timeout: 45_000 }).toContain('first account')
  const left = await shell.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(left).toBe(1)

  const { code, output } = await shell.quit()
  expect(code).toBe(0)
  for (const secret of [PASSPHRASE, ...WRONG]) {
    expect(output).not.toContain(secret)
    expect(filesWith(dataDir, secret)).toEqual([])
  }
})

test('the page of the passphrase can ask the core for nothing, and runs no text as code', async ({
  electron,
  onTestFinished,
}) => {
  const folder = temporaryFolder()
  await encryptFolder(join(folder, 'data'))
  const shell = openShell(electron, folder)
  onTestFinished(() => shell.end())
  await asks(shell)
  const reach = await run(
    shell,
    `[typeof gyrus, typeof require, typeof process, document.querySelectorAll('script').length]`,
  )
  expect(reach).toEqual(['undefined', 'undefined', 'undefined', 0])
  const evaluated = `(() => { try { return new Function('return 1')() } catch (error) { return error.name } })()`
  expect(await run(shell, evaluated)).toBe('EvalError')
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(join(PICTURES, 'passphrase.png'), await shell.picture())
})

test('who closes it ends Gyrus, without a box, and the record is free', async ({ electron, onTestFinished }) => {
  const folder = temporaryFolder()
  const dataDir = join(folder, 'data')
  await encryptFolder(dataDir)
  const shell = openShell(electron, folder)
  onTestFinished(() => shell.end())
  await asks(shell)
  await shell.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined)
  const { code, output } = await shell.ended
  expect(code).toBe(0)
  expect(output).not.toContain('could not start')
  await expect.poll(() => isFree(dataDir)).toBe(true)
})

function isFree(dataDir: string): boolean {
  try {
    lockDataFolder(dataDir).release()
    return true
  } catch {
    return false
  }
}

/** Files below a folder that hold a text. */
const filesWith = (dir: string, text: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
