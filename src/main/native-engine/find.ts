import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { GyrusError, toFailure } from '../../shared/errors.ts'
import type { EngineKind } from '../../shared/native-engine.ts'
import { readInstalled } from './install.ts'
import { findBinding } from './package.ts'
import { type Parts, partsFor, TFJS_VERSION, thisPlatform } from './parts.ts'
import { placesFor } from './places.ts'

const PACKAGES = { 'gpu-package': '@tensorflow/tfjs-node-gpu', package: '@tensorflow/tfjs-node' } as const

/** A native engine that can be loaded. */
export interface NativeEngine {
  kind: EngineKind
  /** To be handed to the engine's `loadNativeBackend`. */
  dir: string
  version: string
  /** When it computed rightly on this machine, UTC; null where it was not installed by Gyrus. */
  verifiedAt: string | null
}

/** What became of one place. */
export type Candidate = { kind: EngineKind; engine: NativeEngine } | { kind: EngineKind; engine: null; reason: string }

export interface FindOptions {
  /** File whose packages count, by default this one. */
  packagesOf?: string
  parts?: Parts
}

/**
 * The native engine to train with: an installed npm package, else the one that `gyrus engine install` made.
 * @throws GyrusError `native-engine-missing`
 */
export async function findNativeEngine(dataDir: string, options: FindOptions = {}): Promise<NativeEngine> {
  const engine = (await findCandidates(dataDir, options)).find((candidate) => candidate.engine)?.engine
  if (!engine) throw new GyrusError('native-engine-missing')
  return engine
}

/** All places, best first, each with its engine or why there is none. */
export async function findCandidates(dataDir: string, options: FindOptions = {}): Promise<Candidate[]> {
  const require = createRequire(options.packagesOf ?? import.meta.url)
  return [findPackage('gpu-package', require), findPackage('package', require), await findInstalled(dataDir, options)]
}

function findPackage(kind: 'gpu-package' | 'package', require: NodeJS.Require): Candidate {
  const name = PACKAGES[kind]
  const none = (reason: string): Candidate => ({ kind, engine: null, reason: `${name} ${reason}` })
  let file: string
  try {
    file = require.resolve(`${name}/package.json`)
  } catch {
    return none('is not installed')
  }
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  if (version !== TFJS_VERSION) return none(`is version ${version}; this Gyrus needs ${TFJS_VERSION}`)
  const dir = dirname(file)
  if (!findBinding(dir)) return none('has no compiled binding: its own installation did not finish')
  return { kind, engine: { kind, dir, version: `${name} ${version}`, verifiedAt: null } }
}

async function findInstalled(dataDir: string, options: FindOptions): Promise<Candidate> {
  const kind = 'installed'
  try {
    const { version } = options.parts ?? partsFor(thisPlatform())
    const found = await readInstalled(placesFor(dataDir, version).installed)
    if (!found) return { kind, engine: null, reason: 'nothing was installed by “gyrus engine install”' }
    const { manifest, dir } = found
    return { kind, engine: { kind, dir, version: manifest.version, verifiedAt: manifest.verifiedAt } }
  } catch (error) {
    return { kind, engine: null, reason: toFailure(error).message }
  }
}
