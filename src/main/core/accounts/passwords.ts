import { randomBytes } from 'node:crypto'
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { MAX_PASSWORD, MIN_PASSWORD, nameKey } from '../../../shared/accounts.ts'
import { GyrusError } from '../../../shared/errors.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB, 2 passes, 1 lane. They are kept in each hash. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** `Algorithm.Argon2id`; a const enum is not there when types are stripped. */
const ARGON2ID = 2 as Algorithm.Argon2id

/** The same password typed on another keyboard is the same bytes. */
const normal = (password: string) => password.normalize('NFKC')

/** One at a time, in a thread of the pool: however many tries come at once, the pool is there for others too. */
let last: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}

export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normal(password), { algorithm: ARGON2ID, ...COST }))

/** Against no account's hash it takes as long, and is never right. */
export async function isRight(password: string, stored: string | null): Promise<boolean> {
  const known = stored ?? (await nobody())
  const right = await inTurn(() => verify(known, normal(password)))
  return right && stored !== null
}

let nobodys: Promise<string> | undefined
function nobody(): Promise<string> {
  nobodys ??= hashPassword(newOneTimePassword())
  return nobodys
}

/** So that the first try with a name that is not there does not take longer than others. */
export const prepareNobody = async (): Promise<void> => void (await nobody())

/** Crockford's letters: none looks like another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** Four groups of five letters: 100 random bits. */
export function newOneTimePassword(): string {
  const letters = [...randomBytes(20)].map((byte) => LETTERS[byte % LETTERS.length])
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-')
}

/**
 * NIST SP 800-63B: length, and nothing that is tried first; no rules on what it is made of.
 *
 * @throws GyrusError `password-short`, `password-long`, `password-common`, `password-names`
 */
export function checkNewPassword(password: string, name: string): void {
  const text = normal(password)
  const { length } = [...text]
  if (length < MIN_PASSWORD) throw new GyrusError('password-short', { length, minimum: MIN_PASSWORD })
  if (length > MAX_PASSWORD) throw new GyrusError('password-long', { maximum: MAX_PASSWORD })
  const lower = text.toLowerCase()
  if (COMMON_PASSWORDS.has(lower) || isRepetition(lower)) throw new GyrusError('password-common')
  const key = nameKey(name)
  if (lower.includes(key) && key.length >= SHORTEST_NAME) throw new GyrusError('password-names')
}

/** A shorter name is found in many a good password. */
const SHORTEST_NAME = 4

/** `aaaaaaaaaaaa`, `abcabcabcabc`: one to six characters again and again. */
const isRepetition = (text: string) => /^(.{1,6}?)\1+.{0,5}$/u.test(text) && new Set(text).size <= 6
