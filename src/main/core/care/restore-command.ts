/** What to write on a command line to put a backup in a data folder's place; nothing is deleted by it. */
export const restoreCommand = (backup: string | null, dataDir: string): string =>
  `gyrus restore ${backup === null ? '<backup>' : quoted(backup)} --data-dir ${quoted(dataDir)} --replace`

/** As PowerShell, cmd and sh take it; what these would read within double quotes goes between single ones. */
const quoted = (path: string) => (/["$`!]/.test(path) ? `'${path.replaceAll("'", `'\\''`)}'` : `"${path}"`)
