import type { Caller } from '../../src/main/core/caller.ts'
import type { Core } from '../../src/main/core/index.ts'
import type { Role } from '../../src/shared/accounts.ts'

/** Who works in tests that are about something else. An administrator: may do all. */
export const READER = 'Dr Test'
export const PASSWORD = 'lantern orbit cello 9'

/** As a shell names the window or browser of its own. */
export const CALLER: Caller = { shell: 'loopback', connection: 'the connection of most tests' }

const signedIn = new WeakMap<Core, Promise<unknown>>()

/** Signs `READER` in once a core, by the product's own way; where there is no account yet, it is made. */
export function signIn(core: Core): Promise<unknown> {
  const known = signedIn.get(core) ?? signInAs(core, CALLER)
  signedIn.set(core, known)
  return known
}

/** Signs the first administrator in at any connection. */
export async function signInAs(core: Core, caller: Caller): Promise<void> {
  if ((await core.store.accounts()).length > 0) await core.accounts.signIn(caller, READER, PASSWORD)
  else await core.accounts.setUp(caller, { name: READER, fullName: 'Test Reader', password: PASSWORD })
}

/** Makes an account of this role beside the first one, with a password of its own, and signs it in at its own connection. */
export async function signInRole(core: Core, role: Role): Promise<Caller> {
  await signIn(core)
  const name = `the ${role}`
  const caller: Caller = { shell: 'loopback', connection: `connection of ${name}` }
  const oneTime = await core.accounts.administration.add({ name, fullName: name, role }, READER)
  await core.accounts.signIn(caller, name, oneTime)
  await core.accounts.changePassword(caller, name, oneTime, PASSWORD)
  return caller
}
