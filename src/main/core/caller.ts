import type { Contract, ParsedInput, RequestName, RequestOutput } from '../../shared/contract.ts'

/** Through which window or browser somebody asks. Who it is, the core knows (accounts/sessions.ts). */
export interface Caller {
  shell: 'electron' | 'loopback'
  /** 256 random bits that the shell made for this window or browser, and that no page sees. */
  connection: string
}

/** A caller that is signed in, and may do what is asked. */
export interface Reader extends Caller {
  /** Name of the account, under which all that is done is logged. */
  reader: string
}

type CallerOf<N extends RequestName> = Contract[N]['may'] extends 'anyone' ? Caller : Reader

export type Handlers = {
  [N in RequestName]: (input: ParsedInput<N>, caller: CallerOf<N>) => Promise<RequestOutput<N>>
}
