import { mayDo, type Right, type Role } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'

export const WHOSE: Record<Exclude<Right, 'anyone' | 'own'>, string> = {
  read: 'a radiologist, an auditor or an administrator',
  review: 'a radiologist or an administrator',
  oversee: 'an auditor or an administrator',
  administer: 'an administrator',
}

/** Why somebody may not do something; null where they may. */
export function refusal(
  { name, role, mustChange }: { name: string; role: Role; mustChange: boolean },
  right: Right,
): GyrusError | null {
  if (right === 'anyone' || right === 'own') return null
  if (mustChange) return new GyrusError('password-change-needed', { name })
  return mayDo(role, right) ? null : new GyrusError('not-allowed', { name, role: WHOSE[right] })
}
