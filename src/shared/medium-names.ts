/**
 * The parts of a File ID (PS3.10 8.2), as a DICOMDIR parts them or as a path does; null where it leads out of the medium:
 * from a root or drive, upwards, or through a name that no medium can have.
 */
export function partsOfFileId(fileId: string): string[] | null {
  const parts = fileId.split(/[\\/]/).map((part) => part.trim())
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name that ends early elsewhere
  const bad = (part: string) => part === '' || part === '.' || part === '..' || /[:\x00-\x1f]/.test(part)
  return parts.some(bad) ? null : parts
}

/**
 * A name as it is compared with that on the medium: systems show `IM1` as `im1`, as `IM1;1` (ISO 9660, with the version) or
 * as `IM1.`.
 */
export const asOnMedium = (name: string): string => name.toUpperCase().replace(/;\d+$/, '').replace(/\.$/, '')

/** Whether a file is called as the directory of a medium is. */
export const isDirectoryName = (fileName: string): boolean => asOnMedium(fileName) === 'DICOMDIR'
