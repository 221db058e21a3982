import type { Caller } from '../../../src/main/core/caller.ts'
import type { PassphraseRefused } from '../../../src/main/core/encryption/ask.ts'
import type { GyrusEvent } from '../../../src/shared/contract.ts'
import type { ErrorCode, ErrorDetails } from '../../../src/shared/errors.ts'

/** What the shell asks of the core in the other process; JSON, for Node 12 knows nothing better. */
export type Ask =
  | { kind: 'request'; name: string; input: unknown; caller: Caller }
  | { kind: 'fetch'; url: string; method: string; callers: Caller[] }
  | { kind: 'sees'; caller: Caller }
  | { kind: 'work' }
  | { kind: 'recent'; limit: number }
  | { kind: 'resume' }
  | { kind: 'close'; goOn: string }

export type FromCore =
  | { ready: true; encrypted: boolean }
  | { passphrase: 'asked' | PassphraseRefused }
  | { refused: { code: ErrorCode; details: ErrorDetails } }
  | { id: number; ok: unknown }
  | { event: GyrusEvent }

export interface PageReply {
  status: number
  headers: Record<string, string>
  /** Base64. */
  body: string
}
