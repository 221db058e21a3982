import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * All files at these paths, whatever they are called: DICOM files often have no extension. A folder is all that is in it
 * but for hidden files; links in it are not followed. What is not there stands in the list, for who opens it to tell.
 */
export async function filesBelow(paths: string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const folder = await stat(path).then(
        (one) => one.isDirectory(),
        () => false,
      )
      return folder ? filesIn(path) : [path]
    }),
  )
  return [...new Set(found.flat())]
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
  // Told by who opens it.
  if (!entries) return [folder]
  const files: string[] = []
  for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesIn(path)))
    else if (entry.isFile()) files.push(path)
  }
  return files
}
