import type { BatchOptions } from '../../shared/batches.ts'
import { HEAD_BYTES, isDicomImage, isUnnamed, isZip } from '../../shared/formats.ts'
import { fitsName } from '../../shared/name-filter.ts'

/** One file that the reader wants opened; read only when its turn comes. */
export interface Candidate {
  name: string
  /** The batch that it is of. */
  batch?: string
  /** How many folders it lies in, from the one that was dropped; 0 for a file that was dropped itself. */
  depth?: number
  open(): Promise<File>
}

/** What came out of a choice: the files to try, and how many were passed over as hidden or not an image. */
export interface Found {
  files: Candidate[]
  skipped: number
}

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

const hidden = (name: string) => name.startsWith('.')

export function isImage(name: string, extensions: string[]): boolean {
  const lower = name.toLowerCase()
  return isZip(name) || extensions.some((extension) => lower.endsWith(extension))
}

/** Whether a file without an extension is DICOM by what it begins with. One that cannot be read may be; opening it tells. */
async function isUnnamedDicom(file: File): Promise<boolean> {
  if (!isUnnamed(file.name) || file.name.toUpperCase() === 'DICOMDIR') return false
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => null)
  return head === null || isDicomImage(new Uint8Array(head))
}

/** The files of a folder that are DICOM though their names do not tell. */
export async function unnamedDicom(list: FileList): Promise<Set<File>> {
  const found = new Set<File>()
  for (const file of list) if (await isUnnamedDicom(file)) found.add(file)
  return found
}

/** The entries of a drop. Has to be called in the drop's own turn: the browser empties it afterwards. */
export function entriesOf(transfer: DataTransfer): FileSystemEntry[] {
  return [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
}

/** All files below the entries. A file that was dropped itself is always tried; folders give their images only. */
export async function walk(entries: FileSystemEntry[], extensions: string[]): Promise<Found> {
  const found: Found = { files: [], skipped: 0 }
  const queue = entries.map((entry) => ({ entry, depth: 0 }))
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { entry, depth } = next
    const direct = depth === 0
    if (!direct && hidden(entry.name)) found.skipped++
    else if (isFolder(entry))
      queue.push(...(await childrenOf(entry)).map((child) => ({ entry: child, depth: depth + 1 })))
    else if (isFile(entry) && (direct || (await isWantedEntry(entry, extensions))))
      found.files.push(candidate(entry, depth))
    else found.skipped++
  }
  return found
}

async function isWantedEntry(entry: FileSystemFileEntry, extensions: string[]): Promise<boolean> {
  if (isImage(entry.name, extensions)) return true
  if (!isUnnamed(entry.name)) return false
  return fileOf(entry).then(isUnnamedDicom, () => true)
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** What of a drop is wanted; what was dropped itself always is. */
export function narrowed({ files, skipped }: Found, { subFolders, filter }: Wanted): Found {
  const wanted = files.filter(
    ({ name, depth = 0 }) => depth === 0 || ((subFolders || depth === 1) && (isZip(name) || fitsName(name, filter))),
  )
  return { files: wanted, skipped: skipped + files.length - wanted.length }
}

/** What is wanted of a folder. */
type Wanted = Pick<BatchOptions, 'subFolders' | 'filter'>

/** `unnamed`: of `unnamedDicom`. */
type WantedOfChoice = Wanted & { unnamed: ReadonlySet<File> }

/** The files of a file input; of a folder, hidden ones, others than images and those that are not wanted are passed over. */
export function chosen(list: FileList, folder: WantedOfChoice | null, extensions: string[]): Found {
  const all = [...list]
  const wanted = folder ? all.filter((file) => isWanted(file, folder, extensions)) : all
  if (folder) wanted.sort((a, b) => compare(a.webkitRelativePath, b.webkitRelativePath))
  return {
    files: wanted.map((file) => ({ name: file.name, open: async () => file })),
    skipped: all.length - wanted.length,
  }
}

function isWanted(file: File, { subFolders, filter, unnamed }: WantedOfChoice, extensions: string[]): boolean {
  const { name, webkitRelativePath } = file
  const parts = webkitRelativePath.split('/')
  // The first part is the folder itself, the last one the file.
  if (parts.slice(1).some(hidden) || (!subFolders && parts.length > 2)) return false
  // What is in a ZIP file is looked at where it is opened.
  return isZip(name) || ((isImage(name, extensions) || unnamed.has(file)) && fitsName(name, filter))
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

const candidate = (entry: FileSystemFileEntry, depth: number): Candidate => ({
  name: entry.name,
  depth,
  open: () => fileOf(entry),
})

/** A folder's entries in the order of their names; they come in batches, until an empty one. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (batch.length === 0) return all.sort((a, b) => compare(a.name, b.name))
    all.push(...batch)
  }
}
