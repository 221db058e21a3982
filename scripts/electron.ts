import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const root = dirname(import.meta.dirname)
const out = join(root, 'dist', 'electron')
export const ELECTRON_ENTRY = join(out, 'main.js')

/** Path of Electron's program, or null where only its npm package is there. */
export function findElectron(): string | null {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

/** Bundles what runs in Electron's processes, whose Node does not strip types. Takes a fraction of a second. */
export async function buildElectron(): Promise<void> {
  const common = { bundle: true, platform: 'node', target: 'node24', logLevel: 'warning' } as const
  await build({
    ...common,
    entryPoints: {
      main: join(root, 'src/main/electron/main.ts'),
      engine: join(root, 'src/main/engine/main.ts'),
      'native-check': join(root, 'src/main/engine/train/native-check.ts'),
    },
    format: 'esm',
    packages: 'external',
    outdir: out,
  })
  // A sandboxed preload script is CommonJS in one file.
  await build({
    ...common,
    entryPoints: [join(root, 'src/main/electron/preload.ts')],
    format: 'cjs',
    external: ['electron'],
    minify: true,
    outfile: join(out, 'preload.cjs'),
  })
}
