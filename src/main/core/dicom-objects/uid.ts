import { v5 } from 'uuid'

/**
 * A UID below 2.25 (PS3.5 B.2: a UUID as one decimal number), made of the installation's UUID and names by UUID version 5:
 * the same names give the same UID, so that a result that is sent twice is one object.
 */
export function derivedUid(installation: string, ...names: string[]): string {
  // JSON keeps apart what plain joining would not: ['a', 'bc'] and ['ab', 'c'].
  const uuid = v5(JSON.stringify(names), installation)
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`
}

/** Implementation Class UID (0002,0012): one for all Gyrus, made once from a random UUID. */
export const IMPLEMENTATION_UID = '2.25.35049072518182031178587441485576796259'
