/** The real core, engine and page on Node 24, for a shell whose own Node is too old (remote-backend.ts). */
import { type OpenCore, openCore } from '../../../src/main/compose.ts'
import type { PassphraseAsker } from '../../../src/main/core/encryption/ask.ts'
import { pageFor } from '../../../src/main/electron/page.ts'
import { openLog } from '../../../src/main/log.ts'
import { toGyrusError } from '../../../src/shared/errors.ts'
import type { Ask, FromCore, PageReply } from './remote.ts'

const [dataDir = '', rendererDir = ''] = process.argv.slice(2)
const send = (message: FromCore) => process.send?.(message, undefined, undefined, () => undefined)

/** The window is the shell's: what it is asked and answers goes there and back. */
const passphrase: PassphraseAsker = {
  ask: () =>
    new Promise((resolve) => {
      process.once('message', ({ secret }: { secret: string }) => resolve(secret))
      send({ passphrase: 'asked' })
    }),
  refuse: (refused) => send({ passphrase: refused }),
}

try {
  serve(await openCore(dataDir, { passphrase, note: openLog() }))
} catch (error) {
  const { code, details } = toGyrusError(error)
  send({ refused: { code, details } })
  process.disconnect?.()
}

function serve({ core, close }: OpenCore): void {
  const page = pageFor(core, rendererDir)
  let closed = false
  const answer = async (ask: Ask): Promise<unknown> => {
    if (ask.kind === 'request') return core.request(ask.name, ask.input, ask.caller)
    if (ask.kind === 'fetch') return plain(await page.fetch(new Request(ask.url, { method: ask.method }), ask.callers))
    if (ask.kind === 'sees') return core.accounts.sees(ask.caller)
    if (ask.kind === 'work') return core.work()
    if (ask.kind === 'recent') return core.batches.recentFolders(ask.limit)
    if (ask.kind === 'resume') return Promise.all([core.startQueued(), core.resume()])
    closed = true
    return close(ask.goOn)
  }
  process.on('message', async ({ id, ask }: { id: number; ask: Ask }) => {
    send({ id, ok: await answer(ask) })
    if (ask.kind === 'close') process.disconnect()
  })
  // Closed in order, it ends by itself or the test sees that it does not. A shell that died takes it along.
  process.once('disconnect', () => closed || process.exit(1))
  core.events.subscribe((event) => send({ event }))
  send({ ready: true, encrypted: core.folder.keys !== null })
}

async function plain(response: Response): Promise<PageReply> {
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
