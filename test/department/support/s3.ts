import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Found, findInPath } from '../../../scripts/tools.ts'
import { openObjectStore } from '../../../src/main/object-store/index.ts'
import type { ObjectStore } from '../../../src/main/object-store/types.ts'
import { parseFilesPlace } from '../../../src/shared/files-place.ts'
import { type OnEnd, temporaryFolder } from '../../support/cleanup.ts'
import { freePort } from '../../support/free-port.ts'

const VERSION = 'v1.8.0'
const HOME = join(import.meta.dirname, '..', '..', '..', '.cache', 'versitygw')
const OVERRIDE = 'GYRUS_VERSITYGW'
const PATIENCE_MS = 20_000

export const BUCKET = 'gyrus-files'
export const KEYS = { filesKey: 'gyrus-key', filesSecret: 'gyrus-secret' }

/** An S3 server that keeps objects in a folder (VersityGW, Apache-2.0), built from its sources where Go is. */
export function ensureS3Server(): Found {
  const named = process.env[OVERRIDE]
  if (named) return existsSync(named) ? { path: named } : { reason: `${OVERRIDE} is set to ${named}: no such file` }
  const own = join(HOME, 'versitygw')
  const present = findInPath(['versitygw', own])
  if (present) return { path: present }
  const go = findInPath(['go', '/usr/local/go/bin/go'])
  if (!go) return { reason: `there is no versitygw here and no Go to build it; or set ${OVERRIDE}` }
  process.stderr.write('Gyrus: building versitygw, which the tests need (go install) …\n')
  mkdirSync(HOME, { recursive: true })
  const built = spawnSync(go, ['install', `github.com/versity/versitygw/cmd/versitygw@${VERSION}`], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, GOBIN: HOME },
  })
  return built.status === 0 ? { path: own } : { reason: `go could not build versitygw ${VERSION}; or set ${OVERRIDE}` }
}

/** A server of its own on this machine's loopback, with a folder of its own, gone at the end. */
export class S3Server {
  readonly port: number
  readonly #program: string
  readonly #folder: string
  #end: (() => Promise<void>) | undefined

  private constructor(program: string, folder: string, port: number) {
    this.#program = program
    this.#folder = folder
    this.port = port
  }

  /** With one bucket. */
  static async start({ path = '' }: Found, onEnd?: OnEnd): Promise<S3Server> {
    const server = new S3Server(path, temporaryFolder(onEnd), await freePort())
    mkdirSync(join(server.#folder, 'objects', BUCKET), { recursive: true })
    mkdirSync(join(server.#folder, 'about'))
    await server.start()
    onEnd?.(() => server.stop())
    return server
  }

  /** Again, after it was stopped. */
  async start(): Promise<void> {
    const about = ['--port', `127.0.0.1:${this.port}`, '--access', KEYS.filesKey, '--secret', KEYS.filesSecret]
    const kept = ['posix', '--sidecar', join(this.#folder, 'about'), join(this.#folder, 'objects')]
    const server = spawn(this.#program, [...about, '--quiet', ...kept], { stdio: 'ignore' })
    const ended = once(server, 'exit')
    this.#end = async () => {
      server.kill('SIGKILL')
      await ended
    }
    const giveUpAt = Date.now() + PATIENCE_MS
    while (!(await this.#answers())) {
      if (server.exitCode !== null || Date.now() > giveUpAt) throw new Error('the S3 server did not start')
      await sleep(50)
    }
  }

  /** As if it had lost its power. */
  async stop(): Promise<void> {
    await this.#end?.()
    this.#end = undefined
  }

  /** What stands in `files` of a department. */
  address(prefix: string, more = ''): string {
    return `s3://${BUCKET}/${prefix}?endpoint=http://127.0.0.1:${this.port}${more}`
  }

  /** Where the server has an object, so that it can be altered behind its back. */
  fileOf(prefix: string, key: string): string {
    return join(this.#folder, 'objects', BUCKET, prefix, key)
  }

  /** All that the server has, by its own folder. */
  keys(prefix: string): string[] {
    const root = this.fileOf(prefix, '')
    if (!existsSync(root)) return []
    const entries = readdirSync(root, { withFileTypes: true, recursive: true })
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort()
  }

  objects(prefix: string): ObjectStore {
    const place = parseFilesPlace(this.address(prefix))
    if (place.kind !== 's3') throw new Error('no address of a store')
    return openObjectStore(place, { key: KEYS.filesKey, secret: KEYS.filesSecret })
  }

  async #answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/`).then(
      () => true,
      () => false,
    )
  }
}
