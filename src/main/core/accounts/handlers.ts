import type { RequestName } from '../../../shared/contract.ts'
import type { Handlers } from '../caller.ts'
import type { Accounts } from './index.ts'

type AccountRequest = Extract<RequestName, `session.${string}` | `accounts.${string}`>

/** The contract's entries on sessions and accounts. */
export function accountHandlers(accounts: Accounts): Pick<Handlers, AccountRequest> {
  const { administration } = accounts
  return {
    'session.get': (_, caller) => accounts.state(caller),
    'session.set-up': (account, caller) => accounts.setUp(caller, account),
    'session.sign-in': ({ name, password }, caller) => accounts.signIn(caller, name, password),
    'session.lock': async ({ because }, caller) => {
      await accounts.lock(caller, because)
      return {}
    },
    'session.touch': async (_, caller) => {
      accounts.touch(caller)
      return {}
    },
    'session.change-password': ({ password, newPassword }, caller) =>
      accounts.changePassword(caller, caller.reader, password, newPassword),
    'accounts.list': () => administration.overview(),
    'accounts.add': async (account, { reader }) => ({ password: await administration.add(account, reader) }),
    'accounts.set-role': async ({ name, role }, { reader }) => {
      await administration.setRole(name, role, reader)
      return {}
    },
    'accounts.set-active': async ({ name, active }, { reader }) => {
      await administration.setActive(name, active, reader)
      return {}
    },
    'accounts.reset-password': async ({ name }, { reader }) => ({
      password: await administration.resetPassword(name, reader),
    }),
    'accounts.tokens': async () => ({ tokens: await administration.tokens() }),
    'accounts.add-token': (token, { reader }) => administration.addToken(token, reader),
    'accounts.revoke-token': async ({ id }, { reader }) => {
      await administration.revokeToken(id, reader)
      return {}
    },
    'accounts.set-lock': async ({ minutes }, { reader }) => {
      await administration.setLock(minutes, reader)
      return {}
    },
  }
}
