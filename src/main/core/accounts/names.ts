import { isAccountName, MAX_NAME } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'

/** The name as it is kept. @throws GyrusError `account-name-invalid` */
export function checkName(text: string): string {
  const name = text.normalize('NFC').trim()
  if (!isAccountName(name)) throw new GyrusError('account-name-invalid', { name, maximum: MAX_NAME })
  return name
}
