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
