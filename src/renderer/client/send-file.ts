import { inPageLanguage } from '../../shared/failures.ts'
import { texts } from '../texts.ts'
import type { Reply, UiFailure } from './transport.ts'

/** What tells the core a file's name, or its path in a folder. */
export const nameHeader = (name: string) => ({ 'x-gyrus-file-name': encodeURIComponent(name.toWellFormed()) })

export const vanished = (code: string): UiFailure => ({ code, message: texts.intake.fileVanished, action: '' })

/** Hands a file over to the core on this machine; null when it has it. */
export async function sendFile(
  address: string,
  headers: Record<string, string>,
  file: File,
  signal: AbortSignal | null = null,
): Promise<UiFailure | null> {
  const response = await fetch(address, { method: 'POST', headers, body: file, signal }).catch(() => null)
  if (!response) return (await readable(file)) ? texts.unreachable : vanished('file-missing')
  const reply = (await response.json().catch(() => ({ failure: texts.internal }))) as Reply<unknown>
  return 'failure' in reply ? inPageLanguage(reply.failure) : null
}

/** A failed request looks the same whether the core or the file went away. */
const readable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )
