import { fork } from 'node:child_process'
import type { PassphraseAsker } from '../../../src/main/core/encryption/ask.ts'
import type { Backend } from '../../../src/main/electron/backend.ts'
import type { GyrusEvent } from '../../../src/shared/contract.ts'
import { GyrusError } from '../../../src/shared/errors.ts'
import type { Ask, FromCore, PageReply } from './remote.ts'
import { PlainResponse } from './response.ts'
import { readSettings } from './settings.ts'

/** What backend.ts opens in this process, opened in a process of its own on Node 24. */
export function openRemoteBackend(dataDir: string, passphrase: PassphraseAsker): Promise<Backend> {
  const { node, core, page } = readSettings()
  const child = fork(core, [dataDir, page], { execPath: node, execArgv: [] })
  const waiting = new Map<number, (ok: unknown) => void>()
  const listeners = new Set<(event: GyrusEvent) => void>()
  let lastId = 0
  const ask = <Answer>(what: Ask): Promise<Answer> =>
    new Promise((resolve) => {
      waiting.set(++lastId, resolve as (ok: unknown) => void)
      child.send({ id: lastId, ask: what })
    })

  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the core ended')))
    const askPassphrase = () => passphrase.ask().then((secret) => child.send({ secret }), reject)
    child.on('message', (message: FromCore) => {
      if ('passphrase' in message) {
        if (message.passphrase === 'asked') void askPassphrase()
        else passphrase.refuse(message.passphrase)
      } else if ('ready' in message) resolve(backendOver(ask, ended, listeners, message.encrypted))
      else if ('refused' in message) reject(new GyrusError(message.refused.code, message.refused.details))
      else if ('event' in message) for (const listener of listeners) listener(message.event)
      else waiting.get(message.id)?.(message.ok)
    })
  })
}

function backendOver(
  ask: <Answer>(what: Ask) => Promise<Answer>,
  ended: Promise<void>,
  listeners: Set<(event: GyrusEvent) => void>,
  encrypted: boolean,
): Backend {
  return {
    encrypted,
    request: (name, input, caller) => ask({ kind: 'request', name, input, caller }),
    events: {
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    sees: (caller) => ask({ kind: 'sees', caller }),
    page: {
      fetch: async ({ url, method }, callers) => {
        const { status, headers, body } = await ask<PageReply>({ kind: 'fetch', url, method, callers })
        return new PlainResponse(Buffer.from(body, 'base64'), { status, headers }) as unknown as Response
      },
    },
    work: () => ask({ kind: 'work' }),
    recentFolders: (limit) => ask({ kind: 'recent', limit }),
    resume: () => ask({ kind: 'resume' }),
    // Its last answer may be lost with the channel that it closes.
    close: (goOn) => Promise.race([ask<void>({ kind: 'close', goOn }), ended]),
  }
}
