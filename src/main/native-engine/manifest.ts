import { readFileSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import { flushFile, type HashOptions, listFiles, sha256File } from './files.ts'

const MANIFEST = 'gyrus-engine.json'

/** What was installed; lies in the engine's folder. */
export interface Manifest {
  /** E.g. `tensorflow 2.21.0, tfjs-node 4.22.0`. */
  version: string
  /** When it was loaded and computed rightly, UTC. */
  verifiedAt: string
  files: Record<string, { bytes: number; sha256: string }>
}

/** Hashes all files of a package and puts them on the disk, manifest last: it vouches for the others. */
export async function writeManifest(dir: string, version: string, options: HashOptions): Promise<Manifest> {
  const files: Manifest['files'] = {}
  for (const path of (await listFiles(dir)).filter((name) => name !== MANIFEST)) {
    const file = join(dir, path)
    await flushFile(file)
    files[path] = { bytes: (await stat(file)).size, sha256: await sha256File(file, options) }
  }
  const manifest = { version, verifiedAt: new Date().toISOString(), files }
  await writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
  return manifest
}

/** The manifest of an installed engine, or undefined where none is there. */
export function readManifest(dir: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

/** The first file that is gone or has another size, without reading any; undefined where none is. */
export async function findMissing(dir: string, { files }: Manifest): Promise<string | undefined> {
  for (const [path, { bytes }] of Object.entries(files)) {
    const size = await stat(join(dir, path)).then(
      (found) => found.size,
      () => -1,
    )
    if (size !== bytes) return path
  }
  return undefined
}

/** Reads every file. @throws GyrusError `native-engine-altered` naming the first that was changed */
export async function verifyFiles(dir: string, manifest: Manifest, options: HashOptions = {}): Promise<void> {
  const missing = await findMissing(dir, manifest)
  if (missing) throw new GyrusError('native-engine-altered', { file: missing })
  for (const [path, { sha256 }] of Object.entries(manifest.files)) {
    if ((await sha256File(join(dir, path), options)) !== sha256) {
      throw new GyrusError('native-engine-altered', { file: path })
    }
  }
}
