import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { GyrusError } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir, openCore } from '../compose.ts'
import { OBJECT_NAMES } from '../core/case-objects/index.ts'
import { findCase } from '../core/find-case.ts'
import { dataCommand } from './data-command.ts'
import { whoMay } from './who.ts'

interface Options {
  out: string
  json?: boolean
  dataDir?: string
}

export const objectsCommand = () =>
  dataCommand(
    'objects',
    'Write the result of a DICOM case as DICOM objects: a report, a picture, and key slices of a series.',
  )
    .argument('<case>', 'its id, or the short code that reports print')
    .requiredOption('--out <folder>', 'where report.dcm, picture.dcm and key-slices.dcm go; files that are there stay')
    .addHelpText(
      'after',
      '\nOnly of signed cases, unless the department allows others. Close the app first: they go into the record.',
    )
    // “gyrus cases” takes the same options, and is given them first.
    .action((name: string, _options, command: Command) => writeObjects(name, command.optsWithGlobals<Options>()))

async function writeObjects(name: string, { out, json, dataDir }: Options): Promise<void> {
  if (!json) console.error(BANNER)
  const { core, close } = await openCore(chooseDataDir(dataDir))
  try {
    const actor = await whoMay(core.store, 'review', 'cases')
    const id = await findCase(core.store, name)
    const folder = resolve(out)
    // Before they are on record: what was never given out is no predecessor of what comes later.
    for (const file of Object.values(OBJECT_NAMES)) refuseTaken(join(folder, file))
    const { files } = await core.objects.ofCase(id, { actor, way: `as files in ${folder}` })
    const paths: string[] = []
    for (const file of files) paths.push(await write(folder, file.name, file.content))
    console.log(json ? JSON.stringify({ case: id, files: paths }) : paths.join('\n'))
  } finally {
    await close()
  }
}

/** @throws GyrusError `output-unwritable` */
function refuseTaken(path: string): void {
  if (existsSync(path)) throw new GyrusError('output-unwritable', { path, reason: 'EEXIST' })
}

/** For its owner's eyes, and never over another file. @throws GyrusError `output-unwritable` */
async function write(folder: string, name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, name)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
    return path
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    if (reason !== 'EEXIST') await rm(path, { force: true }).catch(() => undefined)
    throw new GyrusError('output-unwritable', { path, reason }, { cause: error })
  }
}
