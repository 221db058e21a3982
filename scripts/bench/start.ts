import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openCore } from '../../src/main/compose.ts'
import { launchAnyBrowser } from '../browser.ts'
import { ensureRenderer } from '../renderer.ts'
import { ACCOUNT, loadedBytes, missingBrowser, signIn } from './support/browser.ts'
import { defineBench, type Row, single } from './support/contract.ts'
import { fillHistory } from './support/fill-history.ts'
import { inFolder } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { inOrder, quantile, timed } from './support/times.ts'

export const bench = defineBench({
  name: 'start',
  area: 'shell',
  title: 'From the start to the first work list',
  question:
    'How long does it take from the start of Gyrus in the browser to its first window, and to a work list that can be used, in headless Chromium that is started for it?',
  sizes: {
    cases: { what: 'cases of the record', usual: 10_000, small: 500 },
    rounds: { what: 'starts, after one that does not count', usual: 5, small: 1 },
  },
  minutes: 2,
  missing: missingBrowser,
  run: ({ cases, rounds }) =>
    inFolder(async (folder) => {
      await ensureRenderer()
      await prepare(folder, cases)
      const all: Taken[] = []
      for (let round = -1; round < rounds; round += 1) {
        const taken = await start(folder)
        if (round >= 0) all.push(taken)
      }
      return { rows: rowsOf(all), remarks: ['The reader’s own time at name and password does not count.'] }
    }),
})

/** A record with cases, and an account that looks at them. */
async function prepare(folder: string, cases: number): Promise<void> {
  await fillHistory(join(folder, 'gyrus.sqlite'), cases)
  const { core, close } = await openCore(folder)
  await core.accounts.setUp({ shell: 'loopback', connection: 'bench' }, ACCOUNT)
  await close()
}

/** Milliseconds, each from the one before. */
interface Taken {
  address: number
  browser: number
  window: number
  list: number
  kilobytes: number
}

async function start(folder: string): Promise<Taken> {
  const from = performance.now()
  const args = ['scripts/start.ts', '--no-open', '--browser', '--data-dir', folder]
  // As npm start has it: compiled once.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(ROOT, 'node_modules', '.cache', 'node')
  const server = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await addressOf(server)
    const ready = performance.now() - from
    const [launching, browser] = await timed(launchAnyBrowser)
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
      const [window] = await timed(async () => {
        await page.goto(address)
        await page.getByLabel('Password', { exact: true }).waitFor()
      })
      const list = await signIn(page)
      return { address: ready, browser: launching, window, list, kilobytes: (await loadedBytes(page)) / 1000 }
    } finally {
      await browser.close()
    }
  } finally {
    server.kill()
    if (server.exitCode === null) await once(server, 'exit')
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of stdout ?? []) {
    said += String(chunk)
    const address = /http:\/\/\S+(?=\s)/.exec(said)?.[0]
    if (address) return address
  }
  throw new Error(`Gyrus ended without an address: ${said}`)
}

function rowsOf(all: Taken[]): Row[] {
  const row = (what: string, of: (taken: Taken) => number, most?: number): Row => {
    const sorted = inOrder(all.map(of))
    const aim = most === undefined ? undefined : { most }
    return {
      what,
      figures: [
        { of: 'median', value: quantile(sorted, 0.5), unit: 'ms', aim },
        { of: 'longest', value: sorted.at(-1) ?? null, unit: 'ms' },
      ],
    }
  }
  return [
    row('start of the process to core ready and address served', ({ address }) => address, 1000),
    row('… Chromium started', ({ browser }) => browser),
    row('… first window: name and password can be typed', ({ window }) => window),
    row('… signed in, to the first rows of the work list', ({ list }) => list),
    row('start to first window', (one) => one.address + one.browser + one.window),
    row('start to first work list', (one) => one.address + one.browser + one.window + one.list),
    single('scripts, styles and fonts that are loaded until then', all.at(-1)?.kilobytes ?? null, 'kB'),
  ]
}
