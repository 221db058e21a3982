import { z } from 'zod'
import { contract, type RequestName } from '../../shared/contract.ts'
import { type Failure, GyrusError, toGyrusError } from '../../shared/errors.ts'
import type { Caller, Handlers } from './handlers.ts'

export type Reply = { ok: unknown } | { failure: Failure }

/**
 * Answers a request from a page, which is hostile until proved otherwise: its name and input are checked here, once for
 * all shells, and no error but a `Failure` gets out.
 */
export async function dispatch(handlers: Handlers, name: string, input: unknown, caller: Caller): Promise<Reply> {
  try {
    if (!isRequestName(name)) throw new GyrusError('request-invalid', { reason: 'there is no such request' })
    const { input: inputSchema, output: outputSchema } = contract[name]
    const parsed = inputSchema.safeParse(input)
    if (!parsed.success) throw new GyrusError('request-invalid', { reason: z.prettifyError(parsed.error) })
    const handler = handlers[name] as (input: unknown, caller: Caller) => Promise<unknown>
    return { ok: outputSchema.parse(await handler(parsed.data, caller)) }
  } catch (error) {
    return { failure: toGyrusError(error).toFailure() }
  }
}

const isRequestName = (name: string): name is RequestName => Object.hasOwn(contract, name)
