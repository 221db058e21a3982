import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GyrusError } from '../../shared/errors.ts'
import type { InstallProgress } from '../../shared/native-engine.ts'
import { compileStep } from './compile.ts'
import { bindingStep, headersStep, libraryStep } from './download.ts'
import { folderBytes, throwIfCancelled } from './files.ts'
import { takeLock } from './lock.ts'
import { findMissing, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { type Parts, partsFor, thisPlatform } from './parts.ts'
import { type Places, placesFor } from './places.ts'
import { type ProbeEngine, probeBy } from './probe.ts'
import { ProgressMeter } from './progress.ts'
import type { Step, StepContext } from './steps.ts'
import { findCompiler, findNpm, findPython, freeSpace, noSpace, requireSpace } from './tools.ts'
import { unpackStep } from './unpack.ts'

export interface InstallOptions {
  signal?: AbortSignal
  onProgress?: (progress: InstallProgress) => void
  /** Where programs are looked for, and what they see. */
  env?: NodeJS.ProcessEnv
  probe?: ProbeEngine
  parts?: Parts
}

export interface InstalledEngine {
  dir: string
  manifest: Manifest
}

/** Steps that leave something to go on from. */
const STEPS: Step[] = [libraryStep, bindingStep, headersStep, unpackStep, compileStep]
const CHECK_SECONDS = 5
const FINISH_SECONDS = 10
/** Room for what is small and not counted. */
const SPARE_BYTES = 50_000_000

/**
 * Installs the native engine below the data folder, or goes on with an installation that was stopped; does nothing where
 * it is installed. It becomes visible whole or not at all.
 *
 * @throws GyrusError `data-folder-unusable`, `native-engine-unsupported`, `-no-compiler`, `-no-python`, `-no-npm`, `-disk-space`, `-busy`,
 *   `-download`, `-altered`, `-build`, `-unusable`, `-library-missing`, `-cancelled`
 */
export async function installNativeEngine(dataDir: string, options: InstallOptions = {}): Promise<InstalledEngine> {
  const parts = options.parts ?? partsFor(thisPlatform())
  const places = placesFor(dataDir, parts.version)
  const lock = await prepareFolder(places)
  try {
    return (await readInstalled(places.installed)) ?? (await install(parts, places, options))
  } catch (error) {
    throw await explain(error, parts, places, options.signal)
  } finally {
    lock.release()
  }
}

/** Makes the folder and takes its lock. */
async function prepareFolder({ root, lock }: Places): Promise<{ release: () => void }> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 })
    return takeLock(lock)
  } catch (error) {
    if (error instanceof GyrusError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new GyrusError('data-folder-unusable', { path: root, reason }, { cause: error })
  }
}

/** An installed engine all of whose files are there. */
export async function readInstalled(dir: string): Promise<InstalledEngine | undefined> {
  const manifest = readManifest(dir)
  return manifest && !(await findMissing(dir, manifest)) ? { dir, manifest } : undefined
}

async function install(parts: Parts, places: Places, options: InstallOptions): Promise<InstalledEngine> {
  const { signal, env = process.env, probe = probeBy() } = options
  const tools = { compiler: findCompiler(env), python: await findPython(env, signal), npm: findNpm(env) }
  await removeOthers(places)
  await mkdir(places.work, { recursive: true })
  await requireSpace(places.work, await missingBytes(parts, places))

  const meter = new ProgressMeter(options.onProgress)
  const scratch = join(places.work, 'scratch')
  const context: StepContext = { parts, tools, work: places.work, scratch, env, signal, onShare: meter.onShare }
  const open = await findOpenSteps(context)
  meter.plan([...open, { name: 'check', seconds: CHECK_SECONDS }, { name: 'finish', seconds: FINISH_SECONDS }])
  for (const step of open) {
    meter.begin(step.name)
    await runStep(step, context)
  }
  meter.begin('check')
  const dir = join(places.work, 'unpacked', 'package')
  const { version } = await probe(dir, signal)
  meter.begin('finish')
  let hashed = 0
  const onBytes = (bytes: number) => {
    hashed += bytes
    meter.onShare(Math.min(1, hashed / parts.library.unpackedBytes))
  }
  const manifest = await writeManifest(dir, version, { signal, onBytes })
  throwIfCancelled(signal)
  await rename(dir, places.installed)
  await rm(places.work, { recursive: true, force: true })
  meter.end()
  return { dir: places.installed, manifest }
}

/** Engines of other versions, and what is left of this one where it is not whole. */
async function removeOthers({ root, work, lock }: Places): Promise<void> {
  const others = (await readdir(root)).map((name) => join(root, name)).filter((path) => path !== work && path !== lock)
  for (const path of others) await rm(path, { recursive: true, force: true })
}

/** The steps from the first one on that did not leave what it should. */
async function findOpenSteps(context: StepContext): Promise<Step[]> {
  for (const [index, { output, isWhole }] of STEPS.entries()) {
    const path = join(context.work, output)
    if (!existsSync(path) || (isWhole && !(await isWhole(path, context)))) return STEPS.slice(index)
  }
  return []
}

async function runStep(step: Step, context: StepContext): Promise<void> {
  const output = join(context.work, step.output)
  await rm(context.scratch, { recursive: true, force: true })
  await mkdir(context.scratch, { recursive: true })
  try {
    throwIfCancelled(context.signal)
    const made = await step.make(context)
    await mkdir(dirname(output), { recursive: true })
    await rm(output, { recursive: true, force: true })
    await rename(made, output)
  } finally {
    await rm(context.scratch, { recursive: true, force: true })
  }
}

/** What an installation still has to write. */
async function missingBytes({ library }: Parts, { work }: Places): Promise<number> {
  return library.bytes + library.unpackedBytes + SPARE_BYTES - (await folderBytes(work))
}

async function explain(error: unknown, parts: Parts, places: Places, signal?: AbortSignal): Promise<unknown> {
  if (error instanceof GyrusError) return error
  if (signal?.aborted) return new GyrusError('native-engine-cancelled', {}, { cause: error })
  const { code = '' } = error as NodeJS.ErrnoException
  if (!['ENOSPC', 'EDQUOT'].includes(code)) return error
  return noSpace(places.root, await missingBytes(parts, places), await freeSpace(places.root))
}
