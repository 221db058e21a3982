import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { RENDERER_DIR } from '../../src/main/installation.ts'
import { ensureRenderer } from '../renderer.ts'
import { defineBench, type Row } from './support/contract.ts'

/** Kinds of files, in the order of the page. */
const KINDS: Record<string, string[]> = {
  scripts: ['.js', '.mjs'],
  styles: ['.css'],
  fonts: ['.woff', '.woff2'],
  'WebAssembly and all else': [],
}

export const bench = defineBench({
  name: 'bundle',
  area: 'shell',
  title: 'Size of the screens',
  question: 'How large is what the browser loads at first, and all that the screens are made of?',
  sizes: {},
  minutes: 1,
  run: async () => {
    await ensureRenderer()
    return {
      rows: measureBundle(RENDERER_DIR),
      remarks: [
        'At first are the files that `index.html` names and those that they import; all else is loaded by the screen that needs it.',
      ],
    }
  },
})

interface Size {
  raw: number
  gzip: number
}

/** Of built pages in a folder: what is loaded at first, and all of it by its kind. */
export function measureBundle(folder: string): Row[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const sizes = new Map(files.map((path) => [path, sizeOf(path)]))
  const sum = (paths: Iterable<string>): Size =>
    [...paths].reduce(
      (total, path) => {
        const { raw, gzip } = sizes.get(path) ?? { raw: 0, gzip: 0 }
        return { raw: total.raw + raw, gzip: total.gzip + gzip }
      },
      { raw: 0, gzip: 0 },
    )
  const known = Object.values(KINDS).flat()
  const kinds = Object.entries(KINDS).map(([kind, ends]) => {
    const own = files.filter((path) =>
      ends.length > 0 ? ends.includes(extname(path)) : !known.includes(extname(path)),
    )
    return rowOf(`… ${kind}, ${own.length} files`, sum(own))
  })
  const first = initialFiles(folder)
  const largest = [...sizes].filter(([path]) => extname(path) === '.js').toSorted(([, a], [, b]) => b.raw - a.raw)[0]
  return [
    rowOf(`at first, ${first.size} files`, sum(first)),
    rowOf(`all, ${files.length} files`, sum(files)),
    ...kinds,
    ...(largest ? [rowOf('the largest script', largest[1])] : []),
  ]
}

const sizeOf = (path: string): Size => {
  const content = readFileSync(path)
  return { raw: content.length, gzip: gzipSync(content).length }
}

/** Of a page: itself, what it names, and what that imports without being asked. */
function initialFiles(folder: string): Set<string> {
  const page = join(folder, 'index.html')
  const found = new Set([page])
  const named = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)]
  const from = named.map(([, name = '']) => join(folder, name))
  for (let path = from.pop(); path !== undefined; path = from.pop()) {
    if (found.has(path)) continue
    found.add(path)
    if (extname(path) !== '.js') continue
    const imports = readFileSync(path, 'utf8').matchAll(
      /(?:^|[;}\s])(?:import|export)[^;"'()]*["'](\.\.?\/[^"']+\.js)["']/g,
    )
    from.push(...[...imports].map(([, name = '']) => join(path, '..', name)))
  }
  return found
}

function rowOf(what: string, { raw, gzip }: Size): Row {
  return {
    what,
    figures: [
      { of: 'raw', value: raw / 1000, unit: 'kB' },
      { of: 'gzip', value: gzip / 1000, unit: 'kB' },
    ],
  }
}
