import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFiles } from '../../src/main/engine/dataset/hashes.ts'
import { sha256Of } from '../../src/main/engine/model/files.ts'
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
  const hashed: { file: string; sha256: string }[] = []
  for (const { file } of samples) hashed.push({ file, sha256: sha256Of(await readFile(join(root, file))) })
  return hashFiles(hashed)
}
