import { dirname, join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { REQUEST_NAMES } from '../src/shared/request-names.ts'
import { ELECTRON_BUNDLES } from './electron.ts'

const root = dirname(import.meta.dirname)
const COMMON = { bundle: true, platform: 'node', target: 'node24', logLevel: 'warning' } as const

/**
 * The preload has to know the names of the requests, but not how they are checked: the list is worked out now, so that
 * not every page loads the whole of the contract.
 */
const requestNames: Plugin = {
  name: 'gyrus-request-names',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]shared[\\/]request-names\.ts$/ }, () => {
      return { contents: `export const REQUEST_NAMES = ${JSON.stringify(REQUEST_NAMES)}` }
    })
  },
}

/** A sandboxed preload script is CommonJS in one file. */
export const PRELOAD = {
  ...COMMON,
  entryPoints: [join(root, 'src/main/electron/preload.ts')],
  format: 'cjs',
  external: ['electron'],
  minify: true,
  plugins: [requestNames],
} satisfies BuildOptions

/** The same for the page that asks for the passphrase of an encrypted record. */
export const PASSPHRASE_PRELOAD = {
  ...PRELOAD,
  entryPoints: [join(root, 'src/main/electron/passphrase/preload.ts')],
} satisfies BuildOptions

/** Bundles what runs in Electron's processes, whose Node does not strip types. Takes a fraction of a second. */
export async function buildElectron(into = ELECTRON_BUNDLES): Promise<void> {
  await build({
    ...COMMON,
    entryPoints: {
      main: join(root, 'src/main/electron/main.ts'),
      gyrus: join(root, 'src/main/cli/main.ts'),
      serve: join(root, 'src/main/loopback/entry.ts'),
      engine: join(root, 'src/main/engine/main.ts'),
      'measure-thread': join(root, 'src/main/engine/measure/thread.ts'),
      listener: join(root, 'src/main/listener/main.ts'),
      pacs: join(root, 'src/main/pacs/main.ts'),
      'copy-worker': join(root, 'src/main/store/copy-worker.ts'),
      'look-worker': join(root, 'src/main/store/verify/look-worker.ts'),
      'native-check': join(root, 'src/main/engine/train/native-check.ts'),
    },
    format: 'esm',
    packages: 'external',
    outdir: into,
  })
  await build({ ...PRELOAD, outfile: join(into, 'preload.cjs') })
  await build({ ...PASSPHRASE_PRELOAD, outfile: join(into, 'passphrase-preload.cjs') })
}
