import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { getMimeType } from 'hono/utils/mime'

/**
 * The built page's files by their URL path. They are listed once, at the start: a path that is not in the list is not
 * there, so that no request can name a file of its own.
 */
export function listPageFiles(dir: string): Map<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name)
      return [`/${relative(dir, path).split(sep).join('/')}`, path]
    }),
  )
}

/** Files under `assets/` carry a hash of their content in their names. */
export async function pageFileResponse(urlPath: string, path: string): Promise<Response> {
  const immutable = urlPath.startsWith('/assets/')
  return new Response(await readFile(path), {
    headers: {
      'content-type': getMimeType(path) ?? 'application/octet-stream',
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  })
}
