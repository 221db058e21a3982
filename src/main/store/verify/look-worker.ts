import { parentPort, workerData } from 'node:worker_threads'
import type { AuditBreak } from '../../../shared/audit.ts'
import type { DatabaseFile } from '../record-place.ts'
import { lookAt } from './look.ts'

/** What the thread tells: how far it is; in the end what it found, or what SQLite says: an error's class is lost. */
export type LookAnswer =
  | { done: number; total: number }
  | { found: AuditBreak | null }
  | { code: string; message: string }

/** A thread of its own: SQLite looks at a table in one piece, and the core's thread owns the windows. */
const tell = (answer: LookAnswer) => parentPort?.postMessage(answer)

try {
  tell({ found: lookAt(workerData as DatabaseFile, (done, total) => tell({ done, total })) })
} catch (error) {
  const { code, message } = error as { code?: unknown; message: string }
  tell({ code: typeof code === 'string' ? code : '', message })
}
