import { constants, setPriority } from 'node:os'
import { toGyrusError } from '../../shared/errors.ts'
import { readStored } from '../sealed/read.ts'
import { Classifier } from './classifier.ts'
import { useFilesKey } from './dataset/sealed.ts'
import { readHeader } from './decode/dicom/header.ts'
import { decodeFile } from './decode/file.ts'
import { loadModel } from './model/index.ts'
import { bitsOf, drawView, planeOf, thumbnail } from './preprocess/display.ts'
import { displayWindow, measuredWindow } from './preprocess/display-window.ts'
import type {
  EngineInput,
  EngineOutput,
  EngineRequestName,
  EngineTaskName,
  FromEngine,
  LoadedModel,
  ProgressOf,
  TaskInput,
  ToEngine,
} from './protocol.ts'

/**
 * Entry of the engine process: everything that touches hostile pixels or native tensor code runs in here. What trains and
 * evaluates is imported when it is asked for: an engine that only reads is there in half the time.
 */

type Handlers = { [N in EngineRequestName]: (input: EngineInput<N>, signal: AbortSignal) => Promise<EngineOutput<N>> }

const classifier = new Classifier()
const running = new Map<number, AbortController>()

const handlers: Handlers = {
  ping: async () => null,
  recipes: async () => (await import('./train/recipes/index.ts')).describeRecipes(),
  'load-model': async ({ dir, ...options }): Promise<LoadedModel> => {
    const model = await loadModel(dir, options)
    classifier.use(model)
    const { manifest, card, provider, providerName } = model
    return { manifest, card, provider, providerName }
  },
  classify: (input, signal) => classifier.classify(input, signal),
  describe: async (file) => readHeader(await readStored(file)),
  'list-archive': async ({ first, ...file }) => (await import('./archive/list.ts')).listArchive(file, first),
  'read-entry': async ({ entry, ...file }) => (await import('./archive/read.ts')).readEntry(file, entry),
  'read-directory': async (file) => (await import('./medium/read.ts')).readDirectory(file),
  pixels: async ({ frame, ...file }) => {
    const image = await decodeFile(file, frame)
    const { width, height, channels, data, scale = null, pixel = null } = image
    const window = displayWindow(image)
    const header = {
      width,
      height,
      channels,
      bitsPerSample: bitsOf(image),
      window,
      scale,
      pixel,
      plane: planeOf(image),
    }
    return { header, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
  },
  window: async (file) => {
    const { channels, scale, ...image } = await decodeFile(file)
    if (channels !== 1) return null
    return { ...measuredWindow(displayWindow({ channels, ...image }), scale), named: image.windowNamed === true }
  },
  picture: async ({ view, ...file }) => drawView(await decodeFile(file), view),
  'result-picture': async ({ caption, fontsDir, ...file }) =>
    // Few are asked for, and what draws their texts takes a while to load.
    (await import('./result-picture/of-file.ts')).resultPicture(file, caption, fontsDir),
  // Not all who read ask for maps.
  explain: async (input, signal) =>
    classifier.with(async (model) => (await import('./explain/request.ts')).answerExplain(model, input, signal)),
  region: async (input) => (await import('./region/request.ts')).answerRegion(input),
  'what-if': (input) => classifier.with(async (model) => (await whatIf()).answerWhatIf(model, input)),
  'what-if-heat': (input, signal) =>
    classifier.with(async (model) => (await whatIf()).answerWhatIfHeat(model, input, signal)),
  'what-if-file': async (input) => (await whatIf()).answerWhatIfFile(input),
  'what-if-stability': (input, signal) =>
    classifier.with(async (model) => (await whatIf()).answerStability(model, input, signal)),
  thumbnail: async ({ size, ...file }) => thumbnail(await decodeFile(file), size),
}

/** Few edit what they read. */
const whatIf = () => import('./what-if/request.ts')

async function answer(message: ToEngine): Promise<void> {
  if ('cancel' in message) return running.get(message.cancel)?.abort()
  const { id, name, input, files } = message
  if (files) useFilesKey(files)
  const abort = new AbortController()
  running.set(id, abort)
  try {
    if (!isRequest(name)) return send({ id, output: await follow(id, name, input, abort.signal) })
    const handler = handlers[name] as (input: unknown, signal: AbortSignal) => Promise<EngineOutput<EngineRequestName>>
    send({ id, output: await handler(input, abort.signal) })
  } catch (error) {
    const { code, details } = toGyrusError(error)
    send({ id, failure: { code, details } })
  } finally {
    running.delete(id)
  }
}

const isRequest = (name: string): name is EngineRequestName => Object.hasOwn(handlers, name)

/** This process is a task's own from then on; it gives way to the one that reads. Threads made later inherit that. */
async function follow(id: number, name: EngineTaskName, input: unknown, signal: AbortSignal) {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  const onProgress = (progress: ProgressOf<EngineTaskName>) => send({ id, progress })
  const { runTask } = await import('./tasks.ts')
  return runTask(name, input as TaskInput<EngineTaskName>, { signal, onProgress })
}

/** Electron's utility process talks over `parentPort`, a forked Node over `process.send`. */
const parentPort = (process as { parentPort?: ParentPort }).parentPort

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: ToEngine }) => void): void
}

function send(message: FromEngine): void {
  if (parentPort) parentPort.postMessage(message)
  // The core may have gone meanwhile; then nobody is left to be told.
  else process.send?.(message, undefined, undefined, () => undefined)
}

if (parentPort) parentPort.on('message', (event) => void answer(event.data))
else process.on('message', (message: ToEngine) => void answer(message))
// Ctrl+C in a terminal is meant for the core, which cancels what runs and then ends its engines.
process.on('SIGINT', () => undefined)
// An engine without its core has nothing to do.
process.on('disconnect', () => process.exit(0))
send({ ready: true })
