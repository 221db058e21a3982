import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LABELS } from '../../src/shared/labels.ts'

/** One labelled image. */
export interface Sample {
  /** Path relative to the data set's parent, e.g. `Training/glioma/x.jpg`. */
  file: string
  /** Position in `LABELS`. */
  label: number
}

/** The images of a folder with one sub-folder a class, sorted by class and name. */
export async function readClassFolders(root: string, split: string): Promise<Sample[]> {
  const classes = LABELS.map(async (name, label) => {
    const files = (await readdir(join(root, split, name))).toSorted()
    return files.map((file) => ({ file: `${split}/${name}/${file}`, label }))
  })
  return (await Promise.all(classes)).flat()
}

/** Patient-disjoint fold of each listed file, by its relative path. */
export async function readFolds(path: string): Promise<Map<string, number>> {
  const lines = (await readFile(path, 'utf8')).trim().split('\n').slice(1)
  return new Map(lines.map((line) => [line.split(',')[0] ?? '', Number(line.split(',')[3])]))
}

/** SHA-256 over the lines `<sha256 of the file>  <path>`, sorted by path, as `sha256sum` would print them. */
export async function hashOf(root: string, samples: Sample[]): Promise<string> {
  const total = createHash('sha256')
  for (const { file } of samples.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const sha256 = createHash('sha256')
      .update(await readFile(join(root, file)))
      .digest('hex')
    total.update(`${sha256}  ${file}\n`)
  }
  return total.digest('hex')
}
