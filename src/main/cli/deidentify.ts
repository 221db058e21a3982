import { resolve } from 'node:path'
import { Command } from 'commander'
import { forkTaskEngine } from '../compose.ts'
import { runTask } from '../core/engine-supervisor/task.ts'
import { VERSION } from '../installation.ts'
import { formatDeidentified, jsonOfDeidentified } from './deidentify-format.ts'
import { EXIT } from './exit.ts'
import { filesBelow } from './files-below.ts'
import { followOnTerminal } from './follow.ts'

interface Options {
  out: string
  json?: boolean
}

export const deidentifyCommand = () =>
  new Command('deidentify')
    .description('Copy DICOM images without what tells of the patient (PS3.15 Basic Profile), with new UIDs.')
    .argument('<path...>', 'files, and folders with all that is in them')
    .requiredOption('--out <folder>', 'where the copies go: a new folder, or an empty one')
    .option('--json', 'one JSON object: copies, refused files, and what was done to which attribute')
    .addHelpText(
      'after',
      `
Series, studies and patients stay together within one export, and cannot be traced back: nobody keeps the key.
Pixels are copied as they are: what is burnt into them stays, and slices of a head give a face.
Ends with 2 where a file was refused.`,
    )
    .action(deidentify)

async function deidentify(paths: string[], { out, json }: Options): Promise<void> {
  // Listed before the first copy is written, which may lie among them.
  const files = await filesBelow(paths)
  const input = { files, out: resolve(out), version: VERSION }
  const found = await followOnTerminal((following) => runTask(forkTaskEngine, 'deidentify', input, following))
  console.log(json ? jsonOfDeidentified(input.out, found) : formatDeidentified(out, found))
  process.exitCode = found.refused.length > 0 || found.copied.length === 0 ? EXIT.someFailed : EXIT.ok
}
