import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defineBench, type Figure, type Findings, type Row } from './support/contract.ts'
import { missingFolder, SERIES } from './support/folders.ts'
import { DICOM, type Missing, runPython } from './support/python.ts'

const SYNTAXES = join(SERIES, '..', 'syntaxes')

interface Measured {
  version: string
  files: [header: number | null, pixels: number | null, why: string][]
  peak_mb: number
}

export const bench = defineBench({
  name: 'dicom',
  area: 'dicom',
  title: 'DICOM beside pydicom',
  question:
    'How long does the engine take for the header of a DICOM file, and for header and pixels, beside pydicom in the same run, and how much memory do both need?',
  sizes: {
    'seconds-a-file': { what: 'of measuring for each figure, of which the quickest counts', usual: 0.2, small: 0.01 },
  },
  minutes: 2,
  missing: () => missingFolder(SERIES)() ?? missingFolder(SYNTAXES)(),
  run: async (sizes) => compare(sizes['seconds-a-file']),
})

function compare(seconds: number): Findings {
  const files = [SERIES, SYNTAXES].flatMap(filesIn)
  const gyrus = inNode(seconds, files)
  const python = runPython(DICOM, 'dicom_pydicom.py', [seconds, ...files])
  const other: Measured | Missing = 'reason' in python ? python : JSON.parse(python.last)
  const theirs = 'reason' in other ? null : other
  const rows: Row[] = rowsOf(files).map(({ name, at }) => {
    const own = middle(at.map((i) => gyrus.files[i]))
    const its = theirs && middle(at.map((i) => theirs.files[i]))
    const remark = [
      own.why && `Gyrus refuses it: ${own.why}`,
      its?.why && `pydicom: ${its.why.replace(/(?: - .*|:)$/, '')}`,
    ]
      .filter(Boolean)
      .join('; ')
    return {
      what: name,
      figures: [...beside('header', own.header, its?.header), ...beside('pixels', own.pixels, its?.pixels)],
      remark: remark || undefined,
    }
  })
  const memory: Figure[] = [
    { of: 'Gyrus', value: gyrus.peak_mb, unit: 'MB' },
    { of: 'pydicom', value: theirs?.peak_mb ?? null, unit: 'MB' },
  ]
  return {
    rows: [...rows, { what: 'most memory of the process', figures: memory }],
    versions: theirs ? { pydicom: theirs.version } : {},
    remarks: [
      'From memory. The header is what a case keeps of it; the pixels are all frames as they are stored, with the header.',
      ...('reason' in other ? [`pydicom: not run: ${other.reason}.`] : []),
    ],
  }
}

function inNode(seconds: number, files: string[]): Measured {
  const script = join(import.meta.dirname, 'support', 'dicom-gyrus.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, String(seconds), ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))

/** The series is one row. */
function rowsOf(files: string[]): { name: string; at: number[] }[] {
  const series = files.flatMap((path, i) => (path.startsWith(SERIES) ? [i] : []))
  const others = files.flatMap((path, i) => (series.includes(i) ? [] : [{ name: basename(path), at: [i] }]))
  return [{ name: `series-t1, the middle one of ${series.length} slices`, at: series }, ...others]
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

function beside(what: string, own: number | null, its: number | null | undefined): Figure[] {
  const theirs = its ?? null
  return [
    { of: `${what}: Gyrus`, value: own, unit: 'ms' },
    { of: 'pydicom', value: theirs, unit: 'ms' },
    { of: 'ratio', value: own === null || theirs === null ? null : own / theirs, unit: '×' },
  ]
}
