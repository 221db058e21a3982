/** Which folder may import what; the rule 2 of architecture.md as data. */
export interface ImportRule {
  /** Folder, or single file, that the rule is for. The longest one that fits a file counts. */
  inside: string
  /** Folders and files of ours that it may import, beside its own folder. */
  ours: string[]
  /** npm packages. */
  packages: string[]
  /** Node's own modules: all, none, or all but these. */
  node: 'all' | 'none' | { except: string[] }
}

const SHARED = 'src/shared'
const CORE = 'src/main/core'
const PAGE = 'src/main/page'
const NATIVE = 'src/main/native-engine'
const COMPOSE = 'src/main/compose.ts'
const INSTALLATION = 'src/main/installation.ts'
const NATIVE_TASKS = 'src/main/native-tasks.ts'
const PATIENTLY = 'src/main/start-patiently.ts'
const FORK = 'src/main/fork-engine.ts'
const LISTENER = 'src/main/listener'
const PACS = 'src/main/pacs'
const OBJECTS = 'src/main/object-store'
const DECODE = 'src/main/engine/decode/dicom'
const SEALED = 'src/main/sealed'
const TERMINAL = 'src/main/terminal.ts'
const WHO = 'src/main/who.ts'
const LOG = 'src/main/log.ts'

/** The core never asks which shell it is in, and starts no process itself: it is given a way to start the engine. */
const SHELL_MODULES = [
  'http',
  'https',
  'http2',
  'net',
  'tls',
  'dgram',
  'child_process',
  'cluster',
  'readline',
  'sqlite',
]

export const IMPORT_RULES: ImportRule[] = [
  { inside: SHARED, ours: [], packages: ['zod'], node: 'none' },
  // What core and engine both read: sealed files.
  { inside: SEALED, ours: [SHARED], packages: [], node: { except: SHELL_MODULES } },
  { inside: TERMINAL, ours: [SHARED], packages: [], node: 'all' },
  // Knows of nobody whose words could get into it.
  { inside: 'src/main/note-core.ts', ours: [CORE, LOG], packages: [], node: 'none' },
  { inside: LOG, ours: [], packages: ['env-paths'], node: { except: SHELL_MODULES } },
  {
    inside: CORE,
    ours: [
      SHARED,
      SEALED,
      'src/main/store/types.ts',
      'src/main/engine/protocol.ts',
      'src/main/engine/types.ts',
      `${LISTENER}/protocol.ts`,
      `${PACS}/protocol.ts`,
      OBJECTS,
    ],
    packages: ['zod', 'uuid', '@node-rs/argon2', 'dcmjs', 'fflate', 'hucre', 'pdfkit', 'qrcode-generator'],
    node: { except: SHELL_MODULES },
  },
  {
    inside: 'src/main/store',
    ours: [SHARED],
    packages: ['kysely', 'better-sqlite3', 'better-sqlite3-multiple-ciphers', 'pg'],
    node: { except: SHELL_MODULES },
  },
  {
    // The department's queue of work: what a job is, how its database is reached, and what it says then.
    inside: 'src/main/queue',
    ours: [SHARED, `${CORE}/department/queue.ts`, 'src/main/store/postgres/pool.ts', 'src/main/store/errors.ts'],
    packages: ['pg', 'pg-boss', 'uuid'],
    node: 'none',
  },
  // Asks an S3-compatible store for objects: keys and bytes, and nothing of what they are.
  { inside: OBJECTS, ours: [SHARED], packages: ['s3mini'], node: 'none' },
  {
    // Never the store or the core: what parses hostile files sees no database.
    inside: 'src/main/engine',
    ours: [SHARED, SEALED, `${NATIVE}/package.ts`],
    packages: [
      'dcmjs-codecs',
      'sharp',
      'onnxruntime-node',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      'protobufjs',
      'dcmjs',
      'yauzl',
      'zod',
    ],
    node: { except: ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'sqlite'] },
  },
  {
    // Reads what peers in the network send: neither the store nor the core, and no package.
    inside: LISTENER,
    ours: [SHARED, SEALED],
    packages: [],
    node: { except: ['http', 'https', 'http2', 'dgram', 'child_process', 'cluster', 'readline', 'sqlite'] },
  },
  {
    // Asks a PACS: what the listener is made of, and how data sets are read; neither the store nor the core.
    inside: PACS,
    ours: [
      SHARED,
      SEALED,
      LISTENER,
      `${DECODE}/data-set.ts`,
      `${DECODE}/dictionary.ts`,
      `${DECODE}/parse.ts`,
      `${DECODE}/person-name.ts`,
    ],
    packages: ['zod'],
    node: { except: ['dgram', 'child_process', 'cluster', 'readline', 'sqlite'] },
  },
  {
    // Fetches by pip and npm, compiles and hashes: processes and files, and nothing of the tensors that come of it.
    inside: NATIVE,
    ours: [SHARED],
    packages: [],
    node: { except: ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'sqlite'] },
  },
  { inside: PAGE, ours: [SHARED, CORE], packages: ['hono'], node: { except: SHELL_MODULES } },
  {
    inside: 'src/main/loopback',
    ours: [SHARED, CORE, PAGE, COMPOSE, INSTALLATION, PATIENTLY, LOG, SEALED, 'src/main/passphrase.ts'],
    packages: ['hono', '@hono/node-server', 'open', 'commander'],
    node: 'all',
  },
  {
    inside: 'src/main/electron',
    ours: [SHARED, CORE, PAGE, COMPOSE, INSTALLATION, PATIENTLY, LOG, WHO, 'src/main/passphrase.ts'],
    packages: ['electron'],
    node: { except: ['http', 'https', 'http2', 'child_process', 'sqlite'] },
  },
  {
    // Runs inside the page's process: only what Electron's sandbox gives.
    inside: 'src/main/electron/preload.ts',
    ours: [SHARED, 'src/main/electron/channels.ts'],
    packages: ['electron'],
    node: 'none',
  },
  {
    // The same, with the type of the answer.
    inside: 'src/main/electron/passphrase/preload.ts',
    ours: ['src/main/electron/channels.ts', `${CORE}/encryption/ask.ts`],
    packages: ['electron'],
    node: 'none',
  },
  {
    // The store for listing cases while another Gyrus holds the data folder; what the engine can be asked, by its types.
    inside: 'src/main/cli',
    ours: [
      SHARED,
      CORE,
      COMPOSE,
      INSTALLATION,
      NATIVE_TASKS,
      PATIENTLY,
      FORK,
      TERMINAL,
      WHO,
      'src/main/passphrase.ts',
      'src/main/engine/protocol.ts',
      NATIVE,
      'src/main/store/index.ts',
      'src/main/store/types.ts',
    ],
    packages: ['commander'],
    node: { except: ['http', 'https', 'http2', 'net', 'child_process', 'sqlite'] },
  },
  // A core that waits for what is away when it starts, and not for long when it ends.
  { inside: PATIENTLY, ours: [SHARED, CORE, COMPOSE], packages: [], node: 'all' },
  // How a process starts the engine, the listener, and what asks a PACS.
  { inside: FORK, ours: [CORE], packages: [], node: 'all' },
  {
    // Who works: a token, or name and password at the terminal.
    inside: WHO,
    ours: [SHARED, CORE, TERMINAL, 'src/main/store/types.ts'],
    packages: [],
    node: 'all',
  },
  {
    // Where a passphrase comes from: a file, or who sits at the terminal.
    inside: 'src/main/passphrase.ts',
    ours: [SHARED, CORE, TERMINAL],
    packages: [],
    node: 'all',
  },
  // Where this installation's own files lie.
  { inside: INSTALLATION, ours: [], packages: [], node: { except: SHELL_MODULES } },
  // What the engine does by the native engine, where there is one.
  {
    inside: NATIVE_TASKS,
    ours: [SHARED, CORE, INSTALLATION, NATIVE],
    packages: [],
    node: 'none',
  },
  {
    inside: COMPOSE,
    ours: [
      INSTALLATION,
      NATIVE_TASKS,
      LOG,
      'src/main/note-core.ts',
      SHARED,
      CORE,
      FORK,
      NATIVE,
      'src/main/passphrase.ts',
      'src/main/queue',
      'src/main/store/index.ts',
      'src/main/store/types.ts',
      'src/main/engine/protocol.ts',
    ],
    packages: ['env-paths'],
    node: 'all',
  },
  {
    inside: 'src/renderer',
    ours: [SHARED],
    packages: [
      'svelte',
      'bits-ui',
      '@cornerstonejs/core',
      '@cornerstonejs/tools',
      '@lucide/svelte',
      '@internationalized/date',
      'd3-scale',
      'd3-shape',
      '@fontsource-variable/inter',
    ],
    node: 'none',
  },
]

/** Files that something other than an import starts. */
export const ENTRIES = [
  'src/main/loopback/entry.ts',
  'src/main/cli/main.ts',
  'src/main/engine/main.ts',
  'src/main/listener/main.ts',
  'src/main/pacs/main.ts',
  'src/main/store/copy-worker.ts',
  'src/main/store/verify/look-worker.ts',
  'src/main/engine/measure/thread.ts',
  'src/main/engine/train/native-check.ts',
  'src/main/electron/main.ts',
  'src/main/electron/preload.ts',
  'src/main/electron/passphrase/preload.ts',
  'src/renderer/main.ts',
]
