export const RASTER_FORMATS = ['jpeg', 'png', 'tiff', 'webp'] as const
export type RasterFormat = (typeof RASTER_FORMATS)[number]

/** How a file of each format begins, its bytes as Latin-1 characters. */
const SIGNATURES: Record<RasterFormat, (start: string) => boolean> = {
  jpeg: (start) => start.startsWith('\xff\xd8\xff'),
  png: (start) => start.startsWith('\x89PNG\r\n\x1a\n'),
  // Little- and big-endian; 42 (`*`) is TIFF, 43 (`+`) BigTIFF.
  tiff: (start) => ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(start.slice(0, 4)),
  // Between the two stands the size of the rest.
  webp: (start) => start.startsWith('RIFF') && start.slice(8) === 'WEBP',
}

/** The raster format that the bytes begin as; undefined where it is none of them. */
export function rasterFormat(bytes: Uint8Array): RasterFormat | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString('latin1')
  return RASTER_FORMATS.find((format) => SIGNATURES[format](start))
}
