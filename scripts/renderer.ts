import { createHash } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { InlineConfig } from 'vite'

const root = dirname(import.meta.dirname)
const GUIDE = ['docs/user-guide*.md', 'scripts/guide.ts']
const SOURCES = ['src/renderer/**/*', 'src/shared/**/*', 'vite.config.ts', 'package-lock.json', ...GUIDE]

/** The pages, as one kind of browser needs them. */
export interface Build {
  /** Where they are left. */
  dir: string
  /** Says from which sources they were built. */
  stamp: string
  /** What is different from vite.config.ts, and the files that say so. */
  config?: InlineConfig
  sources?: string[]
}

const PRODUCT: Build = { dir: join(root, 'dist', 'renderer'), stamp: join(root, 'dist', '.stamp') }

/** Leaves the pages in dist/renderer, or where `what` says, built from the sources as they are now. */
export async function ensureRenderer({ evenIfFresh = false, what = PRODUCT } = {}): Promise<void> {
  const hash = await hashOf([...SOURCES, ...(what.sources ?? [])])
  if (!evenIfFresh && existsSync(what.dir) && (await stampedHash(what)) === hash) return
  process.stderr.write('Gyrus: building the screens …\n')
  const started = performance.now()
  await build(what)
  await writeFile(what.stamp, hash)
  process.stderr.write(`Gyrus: screens built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`)
}

/** Built aside and then moved in, so that a server that is running, or a second build, never shows half of it. */
async function build({ dir, config = {} }: Build): Promise<void> {
  const aside = `${dir}.${process.pid}`
  const old = `${aside}.old`
  const vite = await import('vite')
  const environment = process.env.NODE_ENV
  // Vite goes by it, and under test it says `test`: the pages would be those for developing.
  process.env.NODE_ENV = 'production'
  await mkdir(dirname(dir), { recursive: true })
  try {
    await vite.build({
      ...config,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { ...config.build, outDir: aside, emptyOutDir: true },
    })
    if (existsSync(dir)) await rename(dir, old)
    await rename(aside, dir)
  } catch (error) {
    // Where in Vite it was thrown helps nobody, and its colours are for terminals.
    throw new Error(stripVTControlCharacters(error instanceof Error ? error.message : String(error)))
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    await Promise.all([aside, old].map((folder) => rm(folder, { recursive: true, force: true })))
  }
}

async function stampedHash({ stamp }: Build): Promise<string | undefined> {
  return existsSync(stamp) ? await readFile(stamp, 'utf8') : undefined
}

async function hashOf(patterns: string[]): Promise<string> {
  const files = globSync(patterns, { cwd: root, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    hash.update(`${relative(root, path)}\0`)
    hash.update(await readFile(path))
  }
  return hash.digest('hex')
}
