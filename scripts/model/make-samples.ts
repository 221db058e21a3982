/**
 * Makes resources/samples: `node scripts/model/make-samples.ts [SHARED]`, by default ../shared.
 * Which images: fixed places in the sorted folders and three middle slices; the model had no say in it.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { sha256Of } from '../../src/main/engine/model/files.ts'
import { histogram, percentile } from '../../src/main/engine/preprocess/percentiles.ts'
import { readSlice } from './dicom-slice.ts'

const FIGSHARE = {
  attribution: 'Jun Cheng: brain tumor dataset. figshare, 2017. https://doi.org/10.6084/m9.figshare.1512427',
  licence: 'CC-BY-4.0',
}
const STUDYFORREST = {
  attribution:
    'Hanke et al.: studyforrest.org, T1-weighted head scan. Scientific Data 1, 140003 (2014). https://doi.org/10.1038/sdata.2014.3',
  licence: 'PDDL-1.0',
}

/** What becomes each sample, in an order that gives nothing away; so do the formats, which alternate. */
const SOURCES: { label: string; place: number | string }[] = [
  { label: 'meningioma', place: 40 },
  { label: 'notumor', place: 'N2D_0240.dcm' },
  { label: 'glioma', place: 60 },
  { label: 'pituitary', place: 30 },
  { label: 'glioma', place: 120 },
  { label: 'notumor', place: 'N2D_0264.dcm' },
  { label: 'pituitary', place: 100 },
  { label: 'meningioma', place: 110 },
  { label: 'pituitary', place: 160 },
  { label: 'notumor', place: 'N2D_0288.dcm' },
  { label: 'meningioma', place: 150 },
  { label: 'glioma', place: 180 },
]

const shared = resolve(process.argv[2] ?? '../shared')
const out = join(import.meta.dirname, '../../resources/samples')
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const samples = []
for (const [i, { label, place }] of SOURCES.entries()) {
  const { bytes, extension, origin, source } =
    typeof place === 'number' ? await tumour(label, place, i) : await slice(place)
  const file = `sample-${String(i + 1).padStart(2, '0')}.${extension}`
  await writeFile(join(out, file), bytes)
  samples.push({ file, sha256: sha256Of(bytes), label, origin, ...source })
}
await writeFile(join(out, 'samples.json'), `${JSON.stringify({ samples }, null, 2)}\n`)
await writeFile(join(out, 'LICENCES.md'), licences())

/** A slice of the figshare set: the file as it is, or its pixels as PNG, so that the format does not tell the class. */
async function tumour(label: string, place: number, index: number) {
  const folder = join(shared, 'datasets/tumor-boxes', label)
  const name = (await readdir(folder)).toSorted()[place]
  if (!name) throw new Error(`there is no image ${place} of ${label}`)
  const original = await readFile(join(folder, name))
  const asPng = index % 3 !== 0
  const bytes = asPng ? await sharp(original).extractChannel(0).png({ compressionLevel: 9 }).toBuffer() : original
  return { bytes, extension: asPng ? 'png' : 'jpg', origin: `tumor-boxes/${label}/${name}`, source: FIGSHARE }
}

/** A DICOM slice with square pixels, its 2nd to 98th percentile as 0–255. */
async function slice(name: string) {
  const { width, height, data, spacing } = readSlice(await readFile(join(shared, 'dicom/series-t1', name)))
  const counts = histogram(data)
  const low = percentile(counts, 2)
  const high = percentile(counts, 98)
  const grey = Uint8Array.from(data, (value) => Math.min(Math.max(((value - low) / (high - low)) * 255, 0), 255))
  const bytes = await sharp(grey, { raw: { width, height, channels: 1 } })
    .resize(Math.round((width * spacing.column) / spacing.row), height, { fit: 'fill' })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer()
  return { bytes, extension: 'png', origin: `dicom/series-t1/${name}`, source: STUDYFORREST }
}

function licences(): string {
  return `# Sample scans: origin and licences

| files of | attribution | licence | changes |
|---|---|---|---|
| glioma, meningioma, pituitary | ${FIGSHARE.attribution} | ${FIGSHARE.licence} (https://creativecommons.org/licenses/by/4.0/) | none, or saved as PNG |
| no tumour | ${STUDYFORREST.attribution} | ${STUDYFORREST.licence} (https://opendatacommons.org/licenses/pddl/1-0/) | slice of a DICOM series as PNG: 2nd to 98th percentile, square pixels |

\`samples.json\` names the origin, the hash and the true class of each file. The patients are anonymous; the no-tumour
slices are one healthy volunteer without contrast agent.

The samples show how Gyrus works. They do not show how good the model is: most of the tumour slices, or copies of them,
are in the data that it was trained on.
`
}
