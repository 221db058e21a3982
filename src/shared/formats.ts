/** Extensions that a folder is searched for. A file that was chosen by itself is tried whatever its name. */
export const IMAGE_EXTENSIONS = ['.dcm', '.dicom', '.ima', '.jpg', '.jpeg', '.png', '.tif', '.tiff', '.webp'] as const

/** Whether a file found in a folder is worth opening: an image by its name, and not hidden. */
export function looksLikeImage(fileName: string): boolean {
  const name = fileName.toLowerCase()
  return !name.startsWith('.') && IMAGE_EXTENSIONS.some((extension) => name.endsWith(extension))
}
