import type { Sheet } from './sheet.ts'

export interface Rendered {
  pdf: Buffer
  pages: number
}

/** Takes a sheet's bytes as they come. What it returns ends the sheet and gives them all. */
export function collect(sheet: Sheet): () => Promise<Rendered> {
  const chunks: Buffer[] = []
  sheet.doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => sheet.doc.once('end', resolve).once('error', reject))
  return async () => {
    sheet.doc.end()
    await ended
    return { pdf: Buffer.concat(chunks), pages: sheet.pages }
  }
}
