import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openCore } from '../../src/main/compose.ts'
import { RENDERER_DIR } from '../../src/main/installation.ts'
import { startLoopback } from '../../src/main/loopback/server.ts'
import { launchAnyBrowser } from '../browser.ts'
import { ensureRenderer } from '../renderer.ts'
import { ACCOUNT, missingBrowser } from './support/browser.ts'
import { defineBench, type Findings } from './support/contract.ts'
import { inFolder } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { inOrder, quantile } from './support/times.ts'

const SAMPLE = join(ROOT, 'resources', 'samples', 'sample-01.jpg')

export const bench = defineBench({
  name: 'what-if',
  area: 'aids',
  title: 'What if',
  question: 'How long does a reader wait from the end of a stroke of the eraser to the answer on the page?',
  sizes: { strokes: { what: 'of the eraser, in headless Chromium', usual: 30, small: 2 } },
  minutes: 1,
  missing: missingBrowser,
  run: ({ strokes }) => inFolder((folder) => measure(folder, strokes)),
})

async function measure(dataDir: string, strokes: number): Promise<Findings> {
  await ensureRenderer()
  const { core, close } = await openCore(dataDir)
  const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port: 0, uploads: core.folder.incoming })
  const browser = await launchAnyBrowser()
  try {
    await core.accounts.setUp({ shell: 'loopback', connection: 'bench' }, ACCOUNT)
    const by = { actor: ACCOUNT.name, source: 'file' } as const
    const [opened] = await Array.fromAsync(core.intake.open([{ path: SAMPLE }], by))
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    const address = server.newAddress()
    const base = new URL('/', address).href
    const { request } = page.context()
    await request.get(address)
    const { name, password } = ACCOUNT
    await request.post(`${base}api/session.sign-in`, { data: { name, password } })
    await page.goto(`${base}#/case/${opened?.caseId}/what-if`)
    await page.getByRole('application').waitFor()
    const times: number[] = []
    for (let i = 0; i < strokes; i++) times.push(await stroke(page, i))
    const sorted = inOrder(times)
    const figures = [
      { of: 'median', value: quantile(sorted, 0.5), unit: 'ms', aim: { most: 150 } },
      { of: 'p95', value: quantile(sorted, 0.95), unit: 'ms' },
      { of: 'longest', value: sorted.at(-1) ?? null, unit: 'ms' },
    ] as const
    return { rows: [{ what: 'from the end of a stroke to its answer, as the page tells it', figures: [...figures] }] }
  } finally {
    await browser.close()
    await server.close()
    await close()
  }
}

async function stroke(page: Page, i: number): Promise<number> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('there is no picture')
  const y = box.y + box.height * (0.2 + 0.6 * ((i * 0.37) % 1))
  await page.mouse.move(box.x + 0.3 * box.width, y)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.6 * box.width, y + 20, { steps: 10 })
  await page.mouse.up()
  await page.getByRole('region', { name: 'Steps' }).getByRole('listitem').nth(i).waitFor()
  await page.getByText('Asking the model').waitFor({ state: 'detached' })
  const text = await page.getByText(/answered in/).textContent()
  return Number(/answered in ([\d.]+)/.exec(text ?? '')?.[1])
}
