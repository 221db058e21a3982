import { PostgresServer } from '../../../test/department/support/server.ts'
import { ensureTool } from '../../tools.ts'

/** @returns why no server can be started here, or null */
export function missingPostgres(): string | null {
  const found = ensureTool('postgres')
  return found.path === undefined ? found.reason : null
}

export interface RunningServer {
  server: PostgresServer
  /** Of PostgreSQL's server. */
  program: string
  /** Has something done before the server is stopped, the latest first. */
  atEnd(end: () => unknown): void
}

/** On a server of its own, run as in earnest: what was written is on the disk before a transaction ends. */
export async function onPostgres<T>(measure: (running: RunningServer) => Promise<T>): Promise<T> {
  const { path: program = '' } = ensureTool('postgres')
  const ends: (() => unknown)[] = []
  const atEnd = (end: () => unknown) => void ends.push(end)
  const server = await PostgresServer.start({ program, settings: { fsync: 'on' } }, atEnd)
  try {
    return await measure({ server, program, atEnd })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
