import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import type { Shell } from './support/shell.ts'
import { openShell, test } from './support/test.ts'

interface Asked {
  detail: string
  buttons: string[]
}

/** Keeps what is asked in boxes; each is answered when the test does it. */
const keepBoxes = (shell: Shell) =>
  shell.inMain(({ dialog }) => {
    const kept: { asked: unknown[]; answer?: (response: number) => void } = { asked: [] }
    Object.assign(globalThis, { boxes: kept })
    Object.assign(dialog, {
      showMessageBox: (options: unknown) => {
        kept.asked.push(options)
        return new Promise((resolve) => {
          kept.answer = (response) => resolve({ response })
        })
      },
    })
  })

const asked = (shell: Shell) => shell.inMain(() => (globalThis as unknown as { boxes: { asked: Asked[] } }).boxes.asked)

const answer = (shell: Shell, response: number) =>
  shell.inMain((_, response) => {
    ;(globalThis as unknown as { boxes: { answer(response: number): void } }).boxes.answer(response)
  }, response)

/** A workstation of a department whose database is not there. */
function withoutDatabase(): { folder: string; settings: string } {
  const folder = temporaryFolder()
  const settings = join(folder, 'data', 'department.json')
  mkdirSync(join(folder, 'data'))
  const database = 'postgres://gyrus:secret@127.0.0.1:1/gyrus'
  writeFileSync(settings, JSON.stringify({ database, files: temporaryFolder() }))
  return { folder, settings }
}

test('a department that cannot be reached is told with the file to correct, and tried again', async ({
  electron,
  onTestFinished,
}) => {
  const { folder, settings } = withoutDatabase()
  const shell = openShell(electron, folder)
  onTestFinished(() => shell.end())
  await keepBoxes(shell)
  await expect.poll(() => asked(shell), { timeout: 45_000 }).toHaveLength(1)
  const [{ detail = '', buttons = [] } = {}] = await asked(shell)
  expect(detail).toContain('The department’s database does not answer')
  expect(detail).toContain(settings)
  expect(detail).not.toContain('secret')
  expect(buttons).toEqual(['Try again', 'Show the file', 'Quit'])
  await answer(shell, 0)
  await expect.poll(() => asked(shell), { timeout: 45_000 }).toHaveLength(2)
  // Corrected, so that there is none any more.
  rmSync(settings)
  await answer(shell, 0)
  await shell.ready()
  await shell.shows('Open sample scans')
  expect(await shell.quit()).toMatchObject({ code: 0 })
})

test('who does not want to try again ends Gyrus', async ({ electron, onTestFinished }) => {
  const { folder } = withoutDatabase()
  const shell = openShell(electron, folder)
  onTestFinished(() => shell.end())
  await keepBoxes(shell)
  await expect.poll(() => asked(shell), { timeout: 45_000 }).toHaveLength(1)
  await answer(shell, 2).catch(() => undefined)
  expect(await shell.ended).toMatchObject({ code: 0 })
})
