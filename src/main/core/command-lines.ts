import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

/** How a command of Gyrus begins on this machine. */
let program = 'gyrus'

/** Says once, for all command lines that are shown, where this installation lies. */
export function commandsOf(root: string): void {
  program = programIn(root, process.cwd())
}

/** What starts the command line where Gyrus was started, in `cwd`: from a clone nothing called `gyrus` is on the path. */
export function programIn(root: string, cwd: string): string {
  if (!existsSync(join(root, 'scripts', 'bootstrap.mjs'))) return 'gyrus'
  // npm looks for the package in the folders above, too.
  const inside = !/^\.\.|^[a-z]:|^\//i.test(relative(root, cwd))
  return inside ? 'npm run -s gyrus --' : `npm --prefix ${quoted(root)} run -s gyrus --`
}

/** What to write on a command line to put a backup in a data folder's place; nothing is deleted by it. */
export const restoreCommand = (backup: string | null, dataDir: string): string =>
  `${program} restore ${named(backup, 'backup')} --data-dir ${quoted(dataDir)} --replace`

/** What sets where a backup goes every day. */
export const dailyCommand = (dataDir: string): string =>
  `${program} backup --daily <folder> --data-dir ${quoted(dataDir)}`

/** What encrypts the record, or changes what opens it. */
export const encryptCommand = (dataDir: string, encrypted: boolean): string =>
  `${program} encrypt ${encrypted ? '--change-passphrase ' : ''}--data-dir ${quoted(dataDir)}`

/** What holds the audit trail against the signed heads of a folder. */
export const verifyCommand = (heads: string | null, dataDir: string): string =>
  `${program} audit verify --head ${named(heads, 'folder')} --data-dir ${quoted(dataDir)}`

const named = (path: string | null, what: string) => (path === null ? `<${what}>` : quoted(path))

/** As PowerShell, cmd and sh take it; what these would read within double quotes goes between single ones. */
export const quoted = (path: string) => (/["$`!]/.test(path) ? `'${path.replaceAll("'", `'\\''`)}'` : `"${path}"`)
