import { type Failure, GyrusError, toFailure } from '../../shared/errors.ts'
import type { EngineKind } from '../../shared/native-engine.ts'
import { folderBytes } from './files.ts'
import { type Candidate, type FindOptions, findCandidates, type NativeEngine } from './find.ts'
import { holder } from './lock.ts'
import { readManifest, verifyFiles } from './manifest.ts'
import { type Parts, partsFor, thisPlatform } from './parts.ts'
import { placesFor } from './places.ts'
import { type Probe, type ProbeEngine, probeBy } from './probe.ts'
import { findCompiler, findNpm, findPython } from './tools.ts'

export interface StatusOptions extends FindOptions {
  /** Also hash all files of an installed engine, and load the engine and let it compute. Takes some seconds. */
  verify?: boolean
  signal?: AbortSignal
  env?: NodeJS.ProcessEnv
  probe?: ProbeEngine
}

export interface NativeEngineStatus {
  /** Whole networks, or without a native engine only the last layer. */
  training: 'full' | 'head-only'
  used: (NativeEngine & { bytes: number }) | null
  /** Why the others are not used. */
  others: { kind: EngineKind; reason: string }[]
  /** What was found by `verify`; null where it was not asked for or nothing is used. */
  check: Probe | Failure | null
  install: {
    /** What stands in the way of `gyrus engine install`; empty where nothing does. */
    obstacles: Failure[]
    /** Of an installation that was begun and not finished. */
    unfinishedBytes: number
    /** The process that is installing now. */
    runningPid: number | null
  }
}

/** Which native engine is used, what it is, and what an installation would need. Changes nothing. */
export async function nativeEngineStatus(dataDir: string, options: StatusOptions = {}): Promise<NativeEngineStatus> {
  const candidates = await findCandidates(dataDir, options)
  const engine = candidates.find((candidate) => candidate.engine)?.engine ?? null
  const used = engine && { ...engine, bytes: await folderBytes(engine.dir) }
  return {
    training: used ? 'full' : 'head-only',
    used,
    others: candidates.filter(({ kind }) => kind !== engine?.kind).map((candidate) => whyNot(candidate)),
    check: used && options.verify ? await verify(used, options) : null,
    install: await installStatus(dataDir, options),
  }
}

const whyNot = (candidate: Candidate) => ({
  kind: candidate.kind,
  reason: candidate.engine ? `${candidate.engine.version} is there; another one comes first` : candidate.reason,
})

async function verify({ dir }: NativeEngine, { probe = probeBy(), signal }: StatusOptions): Promise<Probe | Failure> {
  try {
    const manifest = readManifest(dir)
    if (manifest) await verifyFiles(dir, manifest, { signal })
    return await probe(dir, signal)
  } catch (error) {
    return toFailure(error)
  }
}

async function installStatus(dataDir: string, options: StatusOptions): Promise<NativeEngineStatus['install']> {
  let parts: Parts
  try {
    parts = options.parts ?? partsFor(thisPlatform())
  } catch (error) {
    return { obstacles: [toFailure(error)], unfinishedBytes: 0, runningPid: null }
  }
  const { work, lock } = placesFor(dataDir, parts.version)
  const obstacles = await findObstacles(options)
  return { obstacles, unfinishedBytes: await folderBytes(work), runningPid: holder(lock) ?? null }
}

async function findObstacles({ env = process.env, signal }: StatusOptions): Promise<Failure[]> {
  const needs = [() => findCompiler(env), () => findPython(env, signal), () => findNpm(env)]
  const found = await Promise.allSettled(needs.map(async (need) => need()))
  return found.flatMap((result) => (result.status === 'rejected' ? failureOf(result.reason) : []))
}

/** A fault of ours is thrown on; it is no obstacle. */
function failureOf(reason: unknown): Failure {
  if (reason instanceof GyrusError) return reason.toFailure()
  throw reason
}
