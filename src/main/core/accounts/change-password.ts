import { GyrusError } from '../../../shared/errors.ts'
import type { Store } from '../../store/types.ts'
import { checkPassword, type Try } from './check-password.ts'
import { checkNewPassword, hashPassword, isRight } from './passwords.ts'

/**
 * Returns the new password's hash.
 *
 * @throws GyrusError `sign-in-refused`, `sign-in-delayed`, `password-same`, and what `checkNewPassword` throws
 */
export async function changeOwnPassword(store: Store, asked: Try & { newPassword: string }): Promise<string> {
  const { newPassword } = asked
  checkNewPassword(newPassword, asked.name)
  const { name, password } = await checkPassword(store, asked)
  await store.forgetTries(name)
  if (await isRight(newPassword, password)) throw new GyrusError('password-same')
  const hash = await hashPassword(newPassword)
  await store.setPassword({ name, password: hash, mustChange: false, by: name })
  return hash
}
