/** Writes THIRD_PARTY_NOTICES.md: what ships with Gyrus and under which licence. Fails on a licence that must not ship. */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shippedPackages } from './shipped.ts'

const ROOT = dirname(import.meta.dirname)
export const NOTICES = join(ROOT, 'THIRD_PARTY_NOTICES.md')

const ALLOWED = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'CC-BY-4.0', 'CC0-1.0'],
  ...['ISC', 'MIT', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'Zlib'],
])

/** Packages whose metadata names no licence that npm reads, and where theirs stands. */
const STATED_ELSEWHERE: Record<string, string> = {
  'png-js': 'MIT', // in its file LICENSE
  rechoir: 'MIT', // in the older field `licenses` of its package.json
  'svelte-toolbelt': 'MIT', // in its file LICENSE
}

/** Licences that ship for a reason, in packages whose names begin so. */
const LIBVIPS = 'libvips and what it is made of, linked dynamically, so that another build can take its place'
const EXCEPTIONS = [
  { prefix: '@img/sharp-libvips-', licence: 'LGPL-3.0-or-later', reason: LIBVIPS },
  { prefix: '@img/sharp-win32-', licence: 'LGPL-3.0-or-later', reason: LIBVIPS },
]

export interface Notice {
  name: string
  version: string
  licence: string
}

/** What ships, by name. The same on every platform, for it comes from the lockfile. */
export function listNotices(): Notice[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const notices = shippedPackages(lock).map(({ name, version, license }) => {
    return { name, version, licence: license ?? STATED_ELSEWHERE[name] ?? 'unknown' }
  })
  const byLine = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  return [...byLine.keys()].sort().flatMap((line) => byLine.get(line) ?? [])
}

export function mayShip({ name, licence }: Pick<Notice, 'name' | 'licence'>): boolean {
  // Nested expressions are too rare to be worth a parser, and too easy to read wrongly.
  if (/\bOR\b/.test(licence) && /\bAND\b/.test(licence)) return false
  const excepted = EXCEPTIONS.filter(({ prefix }) => name.startsWith(prefix)).map((exception) => exception.licence)
  const fits = (part: string) => ALLOWED.has(part) || excepted.includes(part)
  const parts = licence.replace(/[()]/g, '')
  return parts.includes(' OR ') ? parts.split(' OR ').some(fits) : parts.split(' AND ').every(fits)
}

export function noticesText(notices: Notice[]): string {
  const rows = notices.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  const reasons = EXCEPTIONS.map(({ prefix, licence, reason }) => `- ${licence} in \`${prefix}…\`: ${reason}.`)
  return `# Third-party software in Gyrus

Made by \`npm run licences\`; do not edit. Everything that runs with Gyrus or may be part of its screens, with what it
depends on. The licence texts lie in the packages; Electron brings those of Chromium and Node.js. The model, the
sample scans and the fonts of the reports have theirs beside them in \`resources/\`.

${reasons.join('\n')}

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`
}

if (import.meta.main) {
  const notices = listNotices()
  const refused = notices.filter((notice) => !mayShip(notice))
  for (const { name, version, licence } of refused) console.error(`${name} ${version} must not ship: ${licence}`)
  if (refused.length) process.exit(1)
  writeFileSync(NOTICES, noticesText(notices))
  console.log(`${notices.length} packages`)
}
