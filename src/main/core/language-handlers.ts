import type { Store } from '../store/types.ts'
import type { Accounts } from './accounts/index.ts'
import type { Handlers } from './caller.ts'
import { ownLanguage } from './language.ts'

/** In which language a page shows itself. Which one a reader chose is one of their preferences. */
export const languageHandlers = ({ store, accounts }: { store: Store; accounts: Accounts }) =>
  ({
    'language.get': async (_, caller) => {
      const session = await accounts.state(caller)
      const own = session.state === 'signed-in' ? await ownLanguage(store, session.name) : null
      return { own, department: await store.departmentLanguage() }
    },
    'language.set-department': async ({ language }, { reader }) => {
      await store.setDepartmentLanguage(language, reader)
      return {}
    },
  }) satisfies Partial<Handlers>
