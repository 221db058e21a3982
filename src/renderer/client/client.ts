import type { RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts'
import { inPageLanguage } from '../../shared/failures.ts'
import { texts } from '../texts.ts'
import { electron } from './electron.ts'
import { loopback } from './loopback.ts'
import type { Transport, UiFailure } from './transport.ts'

export const transport: Transport = window.gyrus ? electron(window.gyrus) : loopback

/** A request that was answered with a failure. */
export class RequestFailed extends Error {
  readonly failure: UiFailure

  constructor(failure: UiFailure) {
    super(failure.message)
    this.failure = failure
  }
}

const unauthorisedListeners = new Set<(failure: UiFailure) => void>()

/** Told when the page's session is not (or no longer) known to the core. */
export function onUnauthorised(listener: (failure: UiFailure) => void): void {
  unauthorisedListeners.add(listener)
}

const signedOutListeners = new Set<() => void>()

/** Told when the core says that nobody is signed in at this page, or only to change a one-time password. */
export function onSignedOut(listener: () => void): void {
  signedOutListeners.add(listener)
}

const answeredListeners = new Set<() => void>()

/** Told whenever the core answered this page's session. */
export function onAnswered(listener: () => void): void {
  answeredListeners.add(listener)
}

/** Asks the core. Throws `RequestFailed`, always with something to show. */
export async function call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const reply = inPageLanguage(await transport.call(name, input).catch(() => ({ failure: texts.unreachable })))
  const code = 'failure' in reply ? reply.failure.code : ''
  if (code !== 'unauthorised' && code !== texts.unreachable.code) for (const listener of answeredListeners) listener()
  if ('failure' in reply) {
    if (code === 'unauthorised') for (const listener of unauthorisedListeners) listener(reply.failure)
    if (code === 'not-signed-in' || code === 'password-change-needed')
      for (const listener of signedOutListeners) listener()
    throw new RequestFailed(reply.failure)
  }
  return import.meta.env.DEV ? checked(name, reply.ok) : reply.ok
}

/** While developing, an answer that breaks the contract is told at once. The checker is not in the product's page. */
async function checked<N extends RequestName>(name: N, output: RequestOutput<N>): Promise<RequestOutput<N>> {
  const { contract } = await import('../../shared/contract.ts')
  return contract[name].output.parse(output) as RequestOutput<N>
}

/** What to show for anything that was thrown. */
export function failureOf(error: unknown): UiFailure {
  if (error instanceof RequestFailed) return error.failure
  return { ...texts.internal, message: `${texts.internal.message} (${String(error)})` }
}
