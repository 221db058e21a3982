import type { BatchOptions } from '../../shared/batches.ts'
import { HEAD_BYTES, isZip, judgeHead, judgeName } from '../../shared/formats.ts'
import { fitsName } from '../../shared/name-filter.ts'
import { PassedOverCount, type PassedOverKind } from '../../shared/passed-over.ts'

/** One file that the reader wants opened; read only when its turn comes. */
export interface Candidate {
  name: string
  /** The batch that it is of. */
  batch?: string
  /** How many folders it lies in, from the one that was dropped; 0 for a file that was dropped itself. */
  depth?: number
  open(): Promise<File>
}

/** What came out of a choice: the files to try, and what was passed over. */
export interface Found {
  files: Candidate[]
  passedOver: PassedOverCount
}

/** 2 comes before 10, as in the names of slices. */
const { compare } = new Intl.Collator('en', { numeric: true })

const hidden = (name: string) => name.startsWith('.')

type Kind = 'image' | PassedOverKind

/** What a file of a folder is. What is in a ZIP file is looked at where it is opened. */
async function kindOf(file: File, extensions: string[]): Promise<Kind> {
  const { name } = file
  if (isZip(name)) return 'image'
  const byName = judgeName(name)
  if (byName === 'by-head') return headKind(file)
  return byName === 'other' && extensions.some((one) => name.toLowerCase().endsWith(one)) ? 'image' : byName
}

/** By what it begins with. One that cannot be read may be an image; opening it tells. */
async function headKind(file: File): Promise<Kind> {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => null)
  return head === null ? 'image' : judgeHead(file.name, new Uint8Array(head))
}

/** What the files of a folder are. */
export async function kindsOf(list: FileList, extensions: string[]): Promise<Map<File, Kind>> {
  const kinds = new Map<File, Kind>()
  for (const file of list) kinds.set(file, await kindOf(file, extensions))
  return kinds
}

/** The entries of a drop. Has to be called in the drop's own turn: the browser empties it afterwards. */
export function entriesOf(transfer: DataTransfer): FileSystemEntry[] {
  return [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
}

/** All files below the entries. A file that was dropped itself is always tried; folders give their images only. */
export async function walk(entries: FileSystemEntry[], extensions: string[]): Promise<Found> {
  const found: Found = { files: [], passedOver: new PassedOverCount() }
  const queue = entries.map((entry) => ({ entry, depth: 0 }))
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { entry, depth } = next
    const direct = depth === 0
    if (!direct && hidden(entry.name)) found.passedOver.add(entry.fullPath, 'hidden')
    else if (isFolder(entry))
      queue.push(...(await childrenOf(entry)).map((child) => ({ entry: child, depth: depth + 1 })))
    else if (isFile(entry)) {
      const kind = direct ? 'image' : await entryKind(entry, extensions)
      if (kind === 'image') found.files.push(candidate(entry, depth))
      else found.passedOver.add(entry.fullPath, kind)
    }
  }
  return found
}

const entryKind = (entry: FileSystemFileEntry, extensions: string[]): Promise<Kind> =>
  fileOf(entry).then(
    (file) => kindOf(file, extensions),
    () => 'image',
  )

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** What of a drop is wanted; what was dropped itself always is. */
export function narrowed({ files, passedOver }: Found, { subFolders, filter }: Wanted): Found {
  const found: Found = { files: [], passedOver: new PassedOverCount().include(passedOver.list) }
  for (const file of files) {
    const { name, depth = 0 } = file
    const wanted = depth === 0 || ((subFolders || depth === 1) && (isZip(name) || fitsName(name, filter)))
    if (wanted) found.files.push(file)
    else found.passedOver.add(name, 'unwanted')
  }
  return found
}

/** What is wanted of a folder. */
type Wanted = Pick<BatchOptions, 'subFolders' | 'filter'>

/** `kinds`: of `kindsOf`. */
type WantedOfChoice = Wanted & { kinds: ReadonlyMap<File, Kind> }

/** The files of a file input; of a folder, hidden ones, others than images and those that are not wanted are passed over. */
export function chosen(list: FileList, folder: WantedOfChoice | null): Found {
  const all = [...list]
  if (folder) all.sort((a, b) => compare(a.webkitRelativePath, b.webkitRelativePath))
  const found: Found = { files: [], passedOver: new PassedOverCount() }
  for (const file of all) {
    const kind = folder ? kindInFolder(file, folder) : 'image'
    if (kind === 'image') found.files.push({ name: file.name, open: async () => file })
    else found.passedOver.add(file.webkitRelativePath, kind)
  }
  return found
}

function kindInFolder(file: File, { subFolders, filter, kinds }: WantedOfChoice): Kind {
  const { name, webkitRelativePath } = file
  const parts = webkitRelativePath.split('/')
  // The first part is the folder itself, the last one the file.
  if (parts.slice(1).some(hidden)) return 'hidden'
  const kind = kinds.get(file) ?? 'other'
  if (kind !== 'image') return kind
  return (subFolders || parts.length <= 2) && (isZip(name) || fitsName(name, filter)) ? 'image' : 'unwanted'
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
