import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { basename, join } from 'node:path'
import { shared } from '../../test/support/shared.ts'

/**
 * `npm run bench:dicom [seconds]`: how long the engine takes for the header of a DICOM file, and for header and pixels, beside
 * pydicom in the same run, and the most memory of either; the shared series and the shared syntaxes, read from memory. Each is
 * measured for as many seconds as the argument says (0.2), and its quickest time counts.
 */
const [seconds = '0.2'] = process.argv.slice(2)
/** Kept between runs, ignored by git. */
const VENV = join(import.meta.dirname, '..', '..', '.cache', 'bench-dicom')
/** As those that made the references (scripts/reference/dicom). */
const PACKAGES = [
  ...['pydicom==3.0.2', 'numpy==2.4.6', 'pillow==13.0.0', 'pylibjpeg==2.1.0', 'pylibjpeg-libjpeg==2.5.0'],
  ...['pylibjpeg-openjpeg==2.6.0', 'pylibjpeg-rle==2.2.0', 'pyjpegls==1.5.1'],
]

interface Measured {
  version: string
  files: [header: number | null, pixels: number | null, why: string][]
  peak_mb: number
}

const folders = ['dicom/series-t1', 'dicom/syntaxes'].map(shared)
const files = folders.flatMap((folder) => (folder === null ? [] : filesIn(folder)))
if (files.length === 0) {
  console.log('not run: the shared DICOM files are not there')
} else {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
  )
  show(run(process.execPath, join(import.meta.dirname, 'dicom-gyrus.ts')), pydicom())
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
}

function pydicom(): Measured | { reason: string } {
  const python = ensureVenv()
  return 'reason' in python ? python : run(python.path, join(import.meta.dirname, 'dicom_pydicom.py'))
}

function run(program: string, script: string): Measured | { reason: string } {
  const { status, stdout, stderr } = spawnSync(program, [script, seconds, ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return status === 0 ? JSON.parse(lastLine(stdout)) : { reason: lastLine(stderr) }
}

function ensureVenv(): { path: string } | { reason: string } {
  const path = join(VENV, 'bin', 'python')
  if (existsSync(path) && spawnSync(path, ['-c', 'import pydicom, numpy, openjpeg']).status === 0) return { path }
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', VENV],
    [path, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES],
  ] as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' })
    if (status !== 0) return { reason: error?.message ?? lastLine(stderr) }
  }
  return { path }
}

function show(gyrus: Measured | { reason: string }, other: Measured | { reason: string }): void {
  if ('reason' in gyrus) throw new Error(gyrus.reason)
  const none = 'reason' in other ? other.reason : ''
  const theirs = 'reason' in other ? null : other
  console.log(`Gyrus on Node ${gyrus.version}; ${theirs ? `pydicom ${theirs.version}` : `pydicom not run: ${none}`}`)
  console.log('file, header ms: Gyrus / pydicom = ratio, header and pixels ms: Gyrus / pydicom = ratio')
  for (const { name, at } of rows()) {
    const ours = middle(at.map((i) => gyrus.files[i]))
    const its = theirs && middle(at.map((i) => theirs.files[i]))
    console.log(
      `${name.padEnd(28)} ${beside(ours.header, its?.header)}   ${beside(ours.pixels, its?.pixels)} ${[ours.why && `Gyrus: ${ours.why}`, its?.why && `pydicom: ${its.why}`].filter(Boolean).join(', ')}`,
    )
  }
  console.log(
    `most memory: Gyrus ${gyrus.peak_mb.toFixed(0)} MB, pydicom ${theirs ? theirs.peak_mb.toFixed(0) : '–'} MB`,
  )
}

/** The series is one row. */
function rows(): { name: string; at: number[] }[] {
  const series = files.flatMap((path, i) => (path.includes('series-t1') ? [i] : []))
  const others = files.flatMap((path, i) => (series.includes(i) ? [] : [{ name: basename(path), at: [i] }]))
  return series.length > 0 ? [{ name: `series-t1, ${series.length} slices`, at: series }, ...others] : others
}

function middle(measured: (Measured['files'][number] | undefined)[]) {
  const of = (values: (number | null | undefined)[]): number | null => {
    const known = values.filter((value) => typeof value === 'number').sort((a, b) => a - b)
    return known.length < values.length ? null : (known[Math.floor(known.length / 2)] ?? null)
  }
  return {
    header: of(measured.map((one) => one?.[0])),
    pixels: of(measured.map((one) => one?.[1])),
    why: measured.find((one) => one?.[2])?.[2] ?? '',
  }
}

function beside(ours: number | null, theirs: number | null | undefined): string {
  const text = (ms: number | null | undefined) => (typeof ms === 'number' ? ms.toFixed(3) : '–').padStart(8)
  const ratio = ours !== null && typeof theirs === 'number' ? (ours / theirs).toFixed(2) : '–'
  return `${text(ours)} /${text(theirs)} = ${ratio.padStart(5)}`
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
