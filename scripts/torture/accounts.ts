import { openRecord } from '../../src/main/compose.ts'
import { Administration } from '../../src/main/core/accounts/administration.ts'
import { changeOwnPassword } from '../../src/main/core/accounts/change-password.ts'
import { steadyNow } from '../../src/main/core/accounts/clock.ts'

export const PASSWORD = 'lantern orbit cello 9'

/** Makes the account with which the app is used; the command line goes on with a token of it. */
export async function addAccount(dataDir: string): Promise<void> {
  const { store, close } = await openRecord(dataDir)
  const administration = new Administration({ store })
  const given = await administration.add({ name: 'root', fullName: 'Root', role: 'administrator' }, 'torture')
  const asked = {
    name: 'root',
    password: given,
    newPassword: PASSWORD,
    shell: 'command-line',
    now: steadyNow(),
  } as const
  await changeOwnPassword(store, asked)
  const { token } = await administration.addToken({ name: 'root', purpose: 'torture', days: 2 }, 'root')
  await close()
  process.env.GYRUS_TOKEN = token
}
