import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { run } from './builder.ts'
import { packagesIn } from './file-set.ts'

/**
 * Starts what was packed by Node in a folder of its own, where nothing of the clone is found: every package that a bundle names,
 * the command line through all of the engine, and the screens as loopback serves them.
 *
 * @returns what was tried, in words
 * @throws Error with what is missing
 */
export async function tryPacked(readable: string, work: string): Promise<string[]> {
  const bundles = join(readable, 'app.asar', 'dist', 'electron')
  const backups = join(work, 'backups')
  mkdirSync(backups, { recursive: true })
  const names = packagesIn(
    readdirSync(bundles)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(bundles, name), 'utf8')),
  )
  // A file within a package may be for a bundler, which finds what Node does not: it has to be there.
  const loads = names.map((name) =>
    name.endsWith('.js') ? `statSync(fileURLToPath(import.meta.resolve('${name}')))` : `await import('${name}')`,
  )
  const script = ["import { statSync } from 'node:fs'", "import { fileURLToPath } from 'node:url'", ...loads].join('\n')
  const options = { cwd: bundles, env: environment(work) }
  run(process.execPath, ['--input-type=module', '--eval', script], options)
  const gyrus = (...args: string[]) =>
    run(process.execPath, [join(bundles, 'gyrus.js'), ...args], { ...options, cwd: work })
  const sample = join(readable, 'samples', 'sample-01.jpg')
  const told = JSON.parse(gyrus('classify', sample, '--json')) as { status: string; label: string; case?: string }
  if (told.status !== 'analysed' || !told.label) throw new Error(`classify answers ${JSON.stringify(told)}`)
  const [{ id } = { id: '' }] = gyrus('cases', '--json')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string })
  gyrus('explain', sample, '--out', join(work, 'map.png'))
  gyrus('similar', sample)
  gyrus('report', id, '--out', join(work, 'report.pdf'))
  gyrus('backup', backups)
  gyrus('audit', 'verify')
  const served = await pageOf(bundles, work)
  return [
    `${names.length} packages that the bundles load`,
    `classify (${told.label}), explain, similar, report, backup and audit verify`,
    `the screens by loopback (${served} files)`,
  ]
}

/** Nothing of the clone's, and a data folder of its own. */
const environment = (work: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: work,
  GYRUS_DATA: join(work, 'data'),
})

/** Fetches the page and the scripts and styles that it names. @returns how many files */
async function pageOf(bundles: string, work: string): Promise<number> {
  const child = spawn(process.execPath, [join(bundles, 'serve.js'), '--no-open'], {
    ...{ cwd: work, env: environment(work), stdio: ['ignore', 'pipe', 'inherit'] },
  })
  try {
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the loopback shell ended')))
    const address = await Promise.race([addressIn(child.stdout as NodeJS.ReadableStream), ended])
    ended.catch(() => undefined)
    const first = await fetch(address, { redirect: 'manual' })
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const get = (path: string) => fetch(new URL(path, address), { headers: { cookie } })
    const page = await get('/')
    if (!page.ok) throw new Error(`the page answers ${page.status}`)
    const parts = [...(await page.text()).matchAll(/(?:src|href)="(\/?[^":]+\.(?:js|css|svg))"/g)].flatMap(
      ([, path]) => path ?? [],
    )
    for (const path of parts) {
      const { ok, status } = await get(path)
      if (!ok) throw new Error(`${path} answers ${status}`)
    }
    if (parts.length < 2) throw new Error('the page names no scripts')
    return parts.length + 1
  } finally {
    child.kill('SIGTERM')
  }
}

async function addressIn(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const found = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)
    if (found) return found[0]
  }
  throw new Error('the loopback shell told no address')
}
