import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { PASSPHRASE_PRELOAD, PRELOAD } from '../../../scripts/electron-build.ts'
import { ensureRenderer } from '../../../scripts/renderer.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const entry = join(root, 'test', 'electron', 'entry')
export const CORE_PROCESS = join(entry, 'core-process.ts')
export const BUNDLES = join(root, '.cache', 'electron-test')
export const PAGE = join(BUNDLES, 'page')
/** Where tests leave pictures of the window, to be looked at. */
export const PICTURES = join(BUNDLES, 'pictures')

/** Chrome and Node of Electron 9. */
const CHROME = 'chrome83'
const NODE = 'node12'

/** The shell's `electron` is the module that adds what is newer; there and in the test's own files it is the real one. */
const oldElectron: Plugin = {
  name: 'gyrus-old-electron',
  setup({ onResolve }) {
    onResolve({ filter: /^electron$/ }, ({ importer }) =>
      importer.startsWith(entry) ? { external: true } : { path: join(entry, 'old-electron.ts') },
    )
    onResolve({ filter: /^(node:)?fs\/promises$/ }, () => ({ path: join(entry, 'fs-promises.ts') }))
  },
}

/** The preload's `electron`: a file told its path itself then. */
const oldWebUtils: Plugin = {
  name: 'gyrus-old-web-utils',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^electron$/ }, ({ namespace }) =>
      namespace === 'old-preload' ? { external: true } : { path: 'electron', namespace: 'old-preload' },
    )
    onLoad({ filter: /./, namespace: 'old-preload' }, () => ({
      contents: `export { contextBridge, ipcRenderer } from 'electron'
        export const webUtils = { getPathForFile: (file) => file.path }`,
    }))
  },
}

/** Bundles the shell for the old Electron, and builds the screens for its Chrome. */
export async function buildForOldElectron(): Promise<void> {
  await build({
    ...PRELOAD,
    entryPoints: [join(entry, 'main.ts')],
    target: NODE,
    minify: false,
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [oldElectron, ...PRELOAD.plugins],
    external: [],
    outfile: join(BUNDLES, 'main.js'),
  })
  writeFileSync(join(BUNDLES, 'package.json'), '{ "type": "commonjs" }')
  const plugins = [oldWebUtils, ...PRELOAD.plugins]
  await build({ ...PRELOAD, plugins, target: CHROME, outfile: join(BUNDLES, 'preload.cjs') })
  await build({ ...PASSPHRASE_PRELOAD, target: CHROME, outfile: join(BUNDLES, 'passphrase-preload.cjs') })
  await ensureRenderer({ what: SCREENS })
}

const SCREENS = {
  dir: PAGE,
  stamp: join(BUNDLES, 'page.stamp'),
  sources: ['test/electron/entry/page-fill-in.ts'],
  config: {
    build: { target: CHROME },
    plugins: [
      {
        name: 'gyrus-page-fill-in',
        transform: (code: string, id: string) =>
          id.endsWith('/src/renderer/main.ts') ? `import '${join(entry, 'page-fill-in.ts')}'\n${code}` : null,
      },
    ],
  },
}
