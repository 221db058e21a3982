import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { defineBench, single } from './support/contract.ts'
import { IMAGE_SET, inFolder, missingFolder } from './support/folders.ts'
import { ROOT } from './support/machine.ts'
import { timed } from './support/times.ts'
import { writeSet } from './support/variants.ts'

export const bench = defineBench({
  name: 'training-head',
  area: 'training',
  title: 'Training the recipe “head”',
  question:
    'How long does `gyrus train` take for the recipe “head”, all in: features of the images by ONNX Runtime, the head by TensorFlow.js on WASM, predictions of what was kept apart?',
  sizes: { images: { what: 'at most, of each class', usual: 2_000, small: 12 } },
  minutes: 2,
  missing: missingFolder(IMAGE_SET),
  run: ({ images }) =>
    inFolder(async (folder) => {
      const set = join(folder, 'set')
      await writeSet(join(IMAGE_SET, 'Training'), set, images)
      const args = ['train', set, '--recipe', 'head', '--split', 'random', '--validation', '0.1', '--run', 'head']
      const main = join(ROOT, 'src', 'main', 'cli', 'main.ts')
      const [ms, run] = await timed(() =>
        spawnSync(process.execPath, [main, ...args, '--data-dir', join(folder, 'data')], { encoding: 'utf8' }),
      )
      if (run.status !== 0) throw new Error(run.stderr)
      return { rows: [single('from the command to its end', ms / 1000, 's', { aim: { most: 90 } })] }
    }),
})
