import { z } from 'zod'
import { contract, type RequestName } from '../../shared/contract.ts'
import { type Failure, GyrusError, toGyrusError } from '../../shared/errors.ts'
import type { Accounts } from './accounts/index.ts'
import type { Caller, Handlers, Reader } from './caller.ts'

export interface Dispatching {
  handlers: Handlers
  accounts: Accounts
  /** Told of what nobody foresaw, with the request's name. */
  onInternal?: ((name: string, error: unknown) => void) | undefined
}

export type Reply = { ok: unknown } | { failure: Failure }

/**
 * Answers a request from a page, which is hostile until proved otherwise: its name, whether who is signed in may make it,
 * and its input are checked here, once for all shells, and no error but a `Failure` gets out.
 */
export async function dispatch(
  { handlers, accounts, onInternal }: Dispatching,
  name: string,
  input: unknown,
  caller: Caller,
): Promise<Reply> {
  try {
    if (!isRequestName(name)) throw new GyrusError('request-invalid', { reason: 'there is no such request' })
    const { may, input: inputSchema, output: outputSchema } = contract[name]
    const allowed = may === 'anyone' ? caller : { ...caller, reader: (await accounts.require(caller, may, name)).name }
    const parsed = inputSchema.safeParse(input)
    if (!parsed.success) throw new GyrusError('request-invalid', { reason: z.prettifyError(parsed.error) })
    const handler = handlers[name] as (input: unknown, caller: Caller | Reader) => Promise<unknown>
    return { ok: outputSchema.parse(await handler(parsed.data, allowed)) }
  } catch (error) {
    const known = toGyrusError(error)
    if (known.code === 'internal') onInternal?.(name, known.cause ?? known)
    return { failure: known.toFailure() }
  }
}

const isRequestName = (name: string): name is RequestName => Object.hasOwn(contract, name)
