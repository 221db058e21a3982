import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { BANNER } from '../../../shared/labels.ts'
import type { Store } from '../../store/types.ts'
import type { StartEngine } from '../engine-supervisor/process.ts'
import { runTask, type TaskOptions } from '../engine-supervisor/task.ts'
import { LICENCE, makeFolder, readLicence, type WriteFile } from './copy.ts'
import { asRecorded, freePath } from './export.ts'
import { type ModelFolder, readModelFile, readRegistered } from './folder.ts'
import { findPlace, type ModelPlaces } from './places.ts'

export interface TritonExportParts {
  places: ModelPlaces
  store: Pick<Store, 'log'>
  startEngine: StartEngine
}

/** Written last, because it holds the hashes of all others. */
const MANIFEST = 'manifest.json'

/**
 * A model repository of NVIDIA Triton with one model in it: `<id>/config.pbtxt`, `<id>/1/model.onnx`, labels, how an image is
 * prepared, licence, card, golden images, and a manifest with the SHA-256 of each. All files lie flat beside the
 * configuration, where Triton passes over them; a folder it would take for a version, or for a model.
 *
 * @param target a folder that is not there yet
 * @throws GyrusError `model-unknown`, `model-export-exists`; errors of `tritonFiles` and `makeFolder`, `cancelled`
 */
export async function exportForTriton(
  { places, store, startEngine }: TritonExportParts,
  id: string,
  target: string,
  actor: string,
  following: TaskOptions<'triton-files'> = {},
): Promise<string> {
  const path = freePath(target)
  const folder = await readRegistered(await findPlace(places, id))
  const texts = await runTask(startEngine, 'triton-files', { dir: folder.dir }, following)
  const detail = { weights: folder.manifest.weights.sha256, for: 'triton' }
  await makeFolder(path, asRecorded(path, store, { actor, act: 'model.exported', subject: id, detail }), (write) =>
    fill(folder, texts, (file, content) => write(posix.join(id, file), content)),
  )
  return path
}

async function fill(folder: ModelFolder, texts: Record<string, string>, write: WriteFile): Promise<void> {
  const { dir, manifest } = folder
  const files: { file: string; bytes: number; sha256: string }[] = []
  const add: WriteFile = async (file, content) => {
    await write(file, content)
    const sha256 = createHash('sha256').update(content).digest('hex')
    files.push({ file, bytes: Buffer.byteLength(content), sha256 })
  }
  for (const [file, text] of Object.entries(texts)) await add(file, text)
  await add('1/model.onnx', await readModelFile(dir, manifest.weights.file, manifest.weights.sha256))
  const card = folder.files.find(({ file }) => file === 'card.json')
  await add('card.json', await readModelFile(dir, 'card.json', card?.sha256))
  const licence = await readLicence(folder)
  if (licence) await add(LICENCE, licence)
  for (const { file, sha256 } of manifest.golden.images) await add(flat(file), await readModelFile(dir, file, sha256))
  await write(MANIFEST, `${JSON.stringify(manifestOf(folder, files), null, 2)}\n`)
}

/** What a receiver holds against what came: who it is, what goes with it, and every file. */
function manifestOf({ manifest }: ModelFolder, files: object[]) {
  const { id, version, labels, temperature, preprocessing, golden } = manifest
  return {
    use: BANNER,
    model: id,
    version,
    exported: new Date().toISOString(),
    labels,
    temperature,
    preprocessing,
    golden: {
      tolerance: golden.tolerance,
      images: golden.images.map(({ file, probabilities }) => ({ file: flat(file), probabilities })),
    },
    files,
  }
}

const flat = (file: string) => file.replaceAll('/', '-')
