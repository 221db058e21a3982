/** An entry of package-lock.json's `packages`, as far as it matters here. */
export interface LockEntry {
  version: string
  license?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Lock {
  packages: Record<string, LockEntry>
}

/** devDependencies that become part of the screens, which Vite builds; all other devDependencies stay behind. */
const SCREENS = [
  '@cornerstonejs/core',
  '@cornerstonejs/tools',
  '@fontsource-variable/inter',
  '@internationalized/date',
  '@lucide/svelte',
  'bits-ui',
  'events',
  'svelte',
  'url',
]

/** The program that carries the app; what its npm package depends on only fetches it. */
const SHELL = 'electron'

/** For systems that Gyrus is not made for: npm lists it for all, and installs it nowhere else. */
const OTHER_SYSTEMS = /^@img\/sharp-(.+-)?wasm32$/

/** Everything that the app may have with it, wherever it is installed: for all platforms, and with what it depends on. */
export function shippedPackages({ packages }: Lock): (LockEntry & { name: string })[] {
  const starts = [...Object.keys(packages['']?.dependencies ?? {}), ...SCREENS]
  const shipped = new Set(starts.map((name) => locate(packages, '', name)))
  // A set hands out what is added while it is walked.
  for (const place of shipped) {
    const entry = place === undefined ? undefined : packages[place]
    const needs = { ...entry?.dependencies, ...entry?.optionalDependencies, ...entry?.peerDependencies }
    for (const name of Object.keys(needs)) shipped.add(locate(packages, place ?? '', name))
  }
  shipped.add(locate(packages, '', SHELL))
  return [...shipped].flatMap((place) => {
    const name = place?.replace(/^.*node_modules\//, '') ?? ''
    const entry = packages[place ?? '']
    // Types are gone when the program runs.
    const left = name.startsWith('@types/') || OTHER_SYSTEMS.test(name)
    return entry && name && !left ? [{ ...entry, name }] : []
  })
}

/** Where a package finds another: in its own node_modules, else in those above. Undefined for peers not installed. */
function locate(packages: Lock['packages'], from: string, name: string): string | undefined {
  const candidate = `${from ? `${from}/` : ''}node_modules/${name}`
  if (packages[candidate]) return candidate
  if (!from) return undefined
  return locate(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
}
