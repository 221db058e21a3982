import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { type DataFolder, dataFolderAt, emptyIncoming, prepareDataFolder } from './core/data-folder.ts'
import type { EngineProcess, StartEngine } from './core/engine-supervisor/process.ts'
import { Core } from './core/index.ts'
import { lockDataFolder, openStore } from './store/index.ts'
import type { Store } from './store/types.ts'

/** Where this installation's own files lie. */
const ROOT = join(import.meta.dirname, '..', '..')
export const RENDERER_DIR = join(ROOT, 'dist', 'renderer')
export const SHIPPED_MODEL = 'efl0-head-1'
export const MODEL_DIR = join(ROOT, 'resources', 'models', SHIPPED_MODEL)
const SAMPLES_DIR = join(ROOT, 'resources', 'samples')

export const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version

export interface OpenCore {
  core: Core
  close(): Promise<void>
}

export interface CoreOptions {
  startEngine?: StartEngine
  modelDir?: string
}

/** `--data-dir`, else GYRUS_DATA, else the platform's place. */
export function chooseDataDir(option?: string): string {
  return option ?? process.env.GYRUS_DATA ?? envPaths('Gyrus', { suffix: '' }).data
}

export interface OpenRecord {
  folder: DataFolder
  store: Store
  close(): Promise<void>
}

/**
 * Puts store, engine and core together on a data folder, for any shell.
 *
 * @throws GyrusError errors of `openRecord`
 */
export async function openCore(dataDir: string, options: CoreOptions = {}): Promise<OpenCore> {
  const { startEngine = forkEngine, modelDir = chooseModelDir() } = options
  const { folder, store, release } = await takeDataFolder(dataDir)
  const core = new Core({ version: VERSION, folder, store, startEngine, modelDir, samplesDir: SAMPLES_DIR })
  const close = async () => {
    await core.close()
    release()
  }
  return { core, close }
}

/**
 * Takes the data folder and its record alone, for work that needs no model.
 *
 * @throws GyrusError `data-folder-unusable`, `data-folder-in-use`, and what `openStore` throws
 */
export async function openRecord(dataDir: string): Promise<OpenRecord> {
  const { folder, store, release } = await takeDataFolder(dataDir)
  const close = async () => {
    await store.close()
    release()
  }
  return { folder, store, close }
}

async function takeDataFolder(dataDir: string): Promise<{ folder: DataFolder; store: Store; release(): void }> {
  const folder = dataFolderAt(dataDir)
  prepareDataFolder(folder)
  const lock = lockDataFolder(folder.root)
  try {
    emptyIncoming(folder)
    return { folder, store: await openStore(folder.database), release: () => lock.release() }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** GYRUS_MODEL names another model folder, for trying one out before it is activated. */
export const chooseModelDir = () => process.env.GYRUS_MODEL ?? MODEL_DIR

/** The engine as a child process of this Node. */
export const forkEngine: StartEngine = () => forkEngineFrom(join(import.meta.dirname, 'engine', 'main.ts'))

export function forkEngineFrom(entry: string): EngineProcess {
  return asEngineProcess(fork(entry, { serialization: 'advanced' }))
}

function asEngineProcess(child: ChildProcess): EngineProcess {
  return {
    pid: child.pid,
    send: (message) => child.connected && child.send(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('error', (error) => listener(error.message))
      child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
