import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InstallOptions, installNativeEngine } from '../../src/main/native-engine/install.ts'
import type { Download, Parts } from '../../src/main/native-engine/parts.ts'
import { placesFor } from '../../src/main/native-engine/places.ts'
import type { ProbeEngine } from '../../src/main/native-engine/probe.ts'
import { NEEDED_OF_WHEEL } from '../../src/main/native-engine/unpack.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tarball, zip } from './archives.ts'

/** Stand-ins for the programs of the machine. They note their calls, and fetch from a folder. */
const PROGRAMS = {
  python3: `#!/bin/sh
[ "$3" = --version ] && exit 0
echo python3 >> "$LOG"
while [ "$1" != --dest ]; do shift; done
/bin/cp "$ARCHIVES/library.whl" "$2"
`,
  npm: `#!/bin/sh
echo "npm $2" >> "$LOG"
case "$2" in headers*) file=headers.tgz ;; *) file=binding.tgz ;; esac
while [ "$1" != --pack-destination ]; do shift; done
/bin/cp "$ARCHIVES/$file" "$2"
`,
  'c++': `#!/bin/sh
echo c++ >> "$LOG"
while [ "$1" != -o ]; do shift; done
echo binding > "$2"
`,
}
export type ProgramName = keyof typeof PROGRAMS

const CANNED: ProbeEngine = async () => ({ version: 'tensorflow 0', device: 'cpu', missingCuda: [] })

/** A machine with small archives to install from, programs that can be taken away, and an empty data folder. */
export class Workshop {
  readonly #root = temporaryFolder()
  readonly #programs = join(this.#root, 'programs')
  readonly archives = join(this.#root, 'archives')
  readonly #log = join(this.#root, 'log')
  readonly dataDir = join(this.#root, 'data')
  readonly env = { PATH: this.#programs, LOG: this.#log, ARCHIVES: this.archives }
  readonly parts: Parts

  constructor() {
    for (const folder of [this.#programs, this.archives, this.dataDir]) mkdirSync(folder)
    for (const name of Object.keys(PROGRAMS)) this.provide(name as ProgramName)
    this.parts = {
      version: 'test-1',
      library: {
        ...this.#archive('library.whl', zip(Object.fromEntries(NEEDED_OF_WHEEL.map((path) => [path, `of ${path}`])))),
        requirement: 'library==1',
        tags: { python: '3.11', abi: 'cp311', platform: 'any' },
        unpackedBytes: 1000,
      },
      binding: {
        ...this.#archive('binding.tgz', tarball({ 'package.json': '{}', 'dist/a.js': '', 'binding/a.cc': '' })),
        spec: 'binding@1',
      },
      headers: { ...this.#archive('headers.tgz', tarball({ 'include/node_api.h': '' })), spec: 'headers@1' },
    }
  }

  get places() {
    return placesFor(this.dataDir, this.parts.version)
  }

  /** The calls of programs since the last look. */
  calls(): string[] {
    const calls = existsSync(this.#log) ? readFileSync(this.#log, 'utf8').trim().split('\n') : []
    writeFileSync(this.#log, '')
    return calls.filter(Boolean)
  }

  /** Puts a program in place, by default the one that works. */
  provide(name: ProgramName, script: string = PROGRAMS[name]): void {
    writeFileSync(join(this.#programs, name), script, { mode: 0o700 })
  }

  programPath = (name: ProgramName) => join(this.#programs, name)

  install(options: InstallOptions = {}) {
    return installNativeEngine(this.dataDir, { env: this.env, parts: this.parts, probe: CANNED, ...options })
  }

  #archive(file: string, data: Buffer): Download {
    writeFileSync(join(this.archives, file), data)
    return { name: file, file, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') }
  }
}
