import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { ELECTRON_ENTRY, findElectron } from '../../scripts/electron.ts'
import { buildElectron } from '../../scripts/electron-build.ts'
import { ensureRenderer } from '../../scripts/renderer.ts'
import { ensureTool } from '../../scripts/tools.ts'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import '../../src/renderer/client/electron.ts'
import { PASSWORD } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { walkAsRadiologist } from '../support/walk.ts'
import { openDisplay } from './support/display.ts'
import { test } from './support/test.ts'

const WHO = 'the radiologist'

/** Electron's own program in the version that the product is written for, where it is installed. */
const current = findElectron()

async function launch(program: string, folder: string, display: string | undefined): Promise<ElectronApplication> {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return _electron.launch({
    executablePath: program,
    args: [...switches, ELECTRON_ENTRY, '--data-dir', join(folder, 'data')],
    cwd: folder,
    env: { ...(process.env as Record<string, string>), ...(display && { DISPLAY: display }) },
  })
}

const ask = async <N extends RequestName>(page: Page, name: N, input: RequestInput<N>): Promise<RequestOutput<N>> => {
  const reply = await page.evaluate(([name, input]) => window.gyrus?.requests[name as 'app.info'](input as never), [
    name,
    input,
  ] as const)
  if (!reply || 'failure' in reply) throw new Error(JSON.stringify(reply))
  return reply.ok as RequestOutput<N>
}

/** Dialogs and downloads, which nobody is there to answer, lead to a file of the test's. */
async function saved(app: ElectronApplication, path: string, begin: () => Promise<void>): Promise<Buffer> {
  await app.evaluate(({ dialog, BrowserWindow }, path) => {
    Object.assign(dialog, { showSaveDialog: async () => ({ canceled: false, filePath: path }) })
    const [window] = BrowserWindow.getAllWindows()
    window?.webContents.session.once('will-download', (_event, item) => item.setSavePath(path))
  }, path)
  await begin()
  await expect.poll(() => readIfThere(path)).not.toBeNull()
  return readFileSync(path)
}

function readIfThere(path: string): number | null {
  try {
    return readFileSync(path).length || null
  } catch {
    return null
  }
}

test('the current Electron: the same walk as in the browser, with the engine in a utility process', async ({
  skip,
  onTestFinished,
}) => {
  if (!current) return skip('not run: Electron’s current program is not installed (npx install-electron fetches it)')
  const xvfb = process.platform === 'linux' && !process.env.DISPLAY ? ensureTool('xvfb') : null
  if (xvfb?.reason !== undefined) return skip(`not run: no display: ${xvfb.reason}`)
  const display = xvfb ? await openDisplay(xvfb.path) : null
  onTestFinished(async () => display?.close())
  await buildElectron()
  await ensureRenderer()

  const folder = temporaryFolder()
  const app = await launch(current, folder, display?.name)
  onTestFinished(() => app.close())
  const page = await app.firstWindow()
  await page.getByText('first account').waitFor()
  await ask(page, 'session.set-up', { name: WHO, fullName: 'Test Reader', password: PASSWORD })
  await page.getByRole('button', { name: 'Keys' }).waitFor()
  const kinds = await app.evaluate(({ app }) => app.getAppMetrics().map(({ type, name }) => `${type} ${name ?? ''}`))
  expect(kinds.join('\n')).toMatch(/Utility Gyrus engine/)
  let file = 0
  await walkAsRadiologist({
    page,
    who: WHO,
    folder,
    chooseFolder: async (chosen) => {
      await app.evaluate(({ dialog }, chosen) => {
        Object.assign(dialog, { showOpenDialog: async () => ({ canceled: false, filePaths: [chosen] }) })
      }, chosen)
      await page.getByRole('button', { name: 'Open folder' }).click()
    },
    ask: (name, input) => ask(page, name, input),
    saved: (begin) => saved(app, join(folder, `saved-${file++}`), begin),
  })
}, 300_000)
