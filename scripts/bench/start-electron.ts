import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { openCore } from '../../src/main/compose.ts'
import { ELECTRON_ENTRY, findElectron } from '../electron.ts'
import { ACCOUNT, signIn } from './support/browser.ts'
import { defineBench, type Findings } from './support/contract.ts'
import { fillHistory } from './support/fill-history.ts'
import { inFolder } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { spread } from './support/times.ts'

export const bench = defineBench({
  name: 'start-electron',
  area: 'shell',
  title: 'The same in the desktop shell',
  question:
    'How long does it take from the start of Electron to the first window, and to a work list that can be used?',
  sizes: {
    cases: { what: 'cases of the record', usual: 10_000, small: 500 },
    rounds: { what: 'starts, after one that does not count', usual: 5, small: 1 },
  },
  minutes: 1,
  missing: () =>
    findElectron() === null ? 'Electron’s program is not installed (npx install-electron fetches it)' : null,
  run: ({ cases, rounds }) =>
    inFolder(async (folder) => {
      const build = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts'), '--if-stale'], { stdio: 'inherit' })
      if (build.status !== 0) throw new Error('the shell cannot be built')
      await fillHistory(join(folder, 'gyrus.sqlite'), cases)
      const { core, close } = await openCore(folder)
      await core.accounts.setUp({ shell: 'loopback', connection: 'bench' }, ACCOUNT)
      await close()
      return measure(folder, rounds)
    }),
})

async function measure(folder: string, rounds: number): Promise<Findings> {
  const windows: number[] = []
  const lists: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const args = [ELECTRON_ENTRY, '--no-sandbox', '--data-dir', folder]
    const from = performance.now()
    const app = await _electron.launch({ executablePath: findElectron() ?? '', args })
    try {
      const page = await app.firstWindow()
      await page.getByLabel('Password', { exact: true }).waitFor()
      const window = performance.now() - from
      const list = await signIn(page)
      if (round < 0) continue
      windows.push(window)
      lists.push(window + list)
    } finally {
      await app.close()
    }
  }
  return {
    rows: [
      { what: 'start to first window', figures: spread(windows) },
      { what: 'start to first work list', figures: spread(lists) },
    ],
    remarks: ['The reader’s own time at name and password does not count.'],
  }
}
