import { onTestFinished } from 'vitest'
import { forkListener } from '../../src/main/fork-engine.ts'
import type { FromListener, Kept, ListenTo } from '../../src/main/listener/protocol.ts'
import { temporaryFolder } from './cleanup.ts'

/** What any message with this key says. */
type Said<K extends string> = Extract<FromListener, Record<K, unknown>>

export interface TestListener {
  port: number
  incoming: string
  /** All that it has said. */
  said<K extends string>(key: K): Said<K>[]
  /** Waits for the first message, or the first `n`, with this key. */
  heard<K extends string>(key: K, n?: number): Promise<Said<K>[]>
}

/** The real process, listening on a port of its own. `keep`: what the core would answer for an object. */
export async function startListener(
  settings: Partial<ListenTo> = {},
  keep: (message: Said<'object'>) => Kept | Promise<Kept> = () => 'kept',
): Promise<TestListener> {
  const incoming = settings.incoming ?? temporaryFolder()
  const messages: FromListener[] = []
  let wake = (): void => undefined
  const process = forkListener()
  onTestFinished(() => process.kill())
  process.onMessage((message) => {
    messages.push(message)
    if ('object' in message) {
      const { object } = message
      void Promise.resolve(keep(message)).then((kept) => process.send({ object, kept }))
    }
    wake()
  })
  const said = <K extends string>(key: K) => messages.filter((one): one is Said<K> => key in one)
  const heard = async <K extends string>(key: K, n = 1) => {
    while (said(key).length < n) await new Promise<void>((resolve) => (wake = resolve))
    return said(key)
  }
  await heard('ready')
  process.send({
    listen: {
      aeTitle: 'GYRUS',
      address: '127.0.0.1',
      port: 0,
      peers: [{ aeTitle: 'MR1', address: '127.0.0.1' }],
      key: null,
      tls: null,
      maxAssociations: 4,
      maxObjectMegabytes: 8,
      maxPduKilobytes: 64,
      idleSeconds: 30,
      ...settings,
      incoming,
    },
  })
  const [{ listening }] = (await heard('listening')) as [Said<'listening'>]
  return { port: listening.port, incoming, said, heard }
}
