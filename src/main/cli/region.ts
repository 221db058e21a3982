import { basename } from 'node:path'
import { Command, Option } from 'commander'
import { DRAWINGS, type Drawing } from '../../shared/region-drawing.ts'
import { forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import type { TaskOutput } from '../engine/protocol.ts'
import { writePage } from './write-page.ts'

interface Options {
  out?: string
  draw: Drawing
  json?: boolean
}

export const regionCommand = () =>
  new Command('region')
    .description('Find the brain in an image, without skull and scalp. Keeps no case.')
    .argument('<file>', 'an image')
    .option('--out <file>', 'the PNG to write; none is written where no brain is found')
    .addOption(
      new Option('--draw <what>', 'the border on the picture, or white on black')
        .choices(DRAWINGS)
        .default(DRAWINGS[0]),
    )
    .option('--json', 'say it as one JSON object, in px of the picture')
    .addHelpText('after', '\ndocs/brain-region.md says how it is found, and what was measured.')
    .action(region)

async function region(file: string, { out, draw, json }: Options): Promise<void> {
  const found = await runTask(forkTaskEngine, 'brain-region', { path: file, draw: out === undefined ? null : draw })
  if (out !== undefined && found.png) await writePage(out, found.png)
  const { png, ...rest } = found
  console.log(json ? JSON.stringify({ file, out: png && out ? out : null, ...rest }) : inWords(file, found))
}

function inWords(file: string, { width, height, region: found }: TaskOutput<'brain-region'>): string {
  if (!found) return `${basename(file)}: no brain found; what is cropped to the brain uses the image whole.`
  const { box, share } = found
  return `${basename(file)}: ${(100 * share).toFixed(1)} % of ${width} × ${height} px, from ${box.left}, ${box.top} to ${box.left + box.width}, ${box.top + box.height}.`
}
