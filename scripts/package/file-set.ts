import type { Lock } from '../shipped.ts'
import { shippedPackages } from '../shipped.ts'

/** MiB that the parts of an installation may take; Electron itself, some 250, is not among them. */
export const BUDGET = { archive: 70, unpacked: 90, resources: 40 } as const

/** What an installation must not have: what only makes it, checks it, or is for another machine. */
const SUPERFLUOUS: [what: string, pattern: RegExp][] = [
  ['sources and tests of ours', /^(src|test|scripts|docs|packaging|\.ci|\.cache)\//],
  ['sources in TypeScript', /\.[mc]?ts$/],
  ['source maps', /\.map$/],
  ['sources in C', /\.(c|cc|cpp|h|hpp|gyp)$/],
  ['another copy of Node', /^node_modules\/node\//],
]

/** Names that native files of a platform carry, in the words of the packages that we have. */
const PLATFORMS = /[/-](linux|linuxmusl|darwin|win32)[-/](x64|arm64)\b/

export interface Machine {
  platform: string
  arch: string
}

/** Files of an archive that should not be there, each with the reason. */
export function superfluous(files: string[], lock: Lock, { platform, arch }: Machine): string[] {
  const allowed = new Set(shippedPackages(lock).map(({ name }) => name))
  return files.flatMap((file) => {
    const reasons = SUPERFLUOUS.filter(([, pattern]) => pattern.test(file)).map(([what]) => what)
    const found = PLATFORMS.exec(file)
    if (/\.(node|so[.\d]*|dll|dylib)$/.test(file) && found && (found[1] !== platform || found[2] !== arch))
      reasons.push('for another machine')
    const name = packageOf(file)
    if (name !== null && !allowed.has(name)) reasons.push('a package that does not ship')
    return reasons.map((reason) => `${file}: ${reason}`)
  })
}

/** Name of the innermost package that a file is of; null for the app's own, and for folders. */
function packageOf(file: string): string | null {
  const within = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/.@][^/]*)\/./.exec(file)
  return within?.[1] ?? null
}

/** Packages that bundles load by name, in the order of the alphabet; Electron brings itself. */
export function packagesIn(bundles: string[]): string[] {
  const names = bundles.flatMap((code) =>
    [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"(@?[a-z][\w@/.-]*)"/g)].flatMap(([, name]) => name ?? []),
  )
  return [...new Set(names)].filter((name) => !name.startsWith('node:') && name !== 'electron').sort()
}
