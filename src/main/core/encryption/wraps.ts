import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Algorithm, hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import type { KeyStore } from './key-store.ts'

/**
 * Argon2id as RFC 9106 has it for little memory: 64 MiB, 3 passes, 4 lanes. More than for an account: whoever has the
 * file can try as long as they like.
 */
const COST = { memoryKib: 65_536, passes: 3, lanes: 4 }
/** `Algorithm.Argon2id`; a const enum is not there when types are stripped. */
const ARGON2ID = 2 as Algorithm.Argon2id

const base64 = z.base64().max(1_000)

/** The data key, sealed so that a passphrase, the recovery code or the operating system's key store opens it. */
export const wrapSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['passphrase', 'recovery']),
    salt: base64,
    // A file from elsewhere must not take all memory, or a day.
    memoryKib: z.int().min(8).max(1_048_576),
    passes: z.int().min(1).max(20),
    lanes: z.int().min(1).max(16),
    sealed: base64,
  }),
  z.strictObject({ kind: z.literal('key-store'), sealed: z.string().max(4_000) }),
])
export type Wrap = z.infer<typeof wrapSchema>
export type SecretWrap = Extract<Wrap, { salt: string }>

/** The same typed on another keyboard is the same bytes. */
const normal = (secret: string) => secret.normalize('NFKC')

/** Crockford's letters: none looks like another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

/** 160 random bits in eight groups of four. */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(32)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** As it was printed, however it was typed. */
const tidyCode = (text: string) =>
  text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')

export async function wrapWith(
  kind: SecretWrap['kind'],
  secret: string,
  { dataKey, id }: { dataKey: Uint8Array; id: string },
): Promise<SecretWrap> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await stretch(kind, secret, salt, COST), nonce).setAAD(bound(kind, id))
  const sealed = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  return { kind, salt: salt.toString('base64'), ...COST, sealed: sealed.toString('base64') }
}

/** The data key; null for another passphrase or code. */
export async function unwrapWith(wrap: SecretWrap, secret: string, id: string): Promise<Uint8Array | null> {
  const sealed = Buffer.from(wrap.sealed, 'base64')
  if (sealed.length !== 12 + 32 + 16) return null
  const key = await stretch(wrap.kind, secret, Buffer.from(wrap.salt, 'base64'), wrap)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(bound(wrap.kind, id))
  decipher.setAuthTag(sealed.subarray(44))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(12, 44)), decipher.final()]))
  } catch {
    return null
  }
}

export const wrapInStore = async (store: KeyStore, dataKey: Uint8Array): Promise<Wrap> => ({
  kind: 'key-store',
  sealed: await store.seal(Buffer.from(dataKey).toString('base64')),
})

/** The data key; null where this user or machine is another one. */
export async function unwrapInStore(store: KeyStore, sealed: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(Buffer.from(await store.open(sealed), 'base64'))
  } catch {
    return null
  }
}

const bound = (kind: string, id: string) => Buffer.from(`gyrus-keys-1 ${id} ${kind}`)

function stretch(kind: SecretWrap['kind'], secret: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const { memoryKib: memoryCost, passes: timeCost, lanes: parallelism } = cost
  const text = kind === 'recovery' ? tidyCode(secret) : normal(secret)
  return hashRaw(text, { algorithm: ARGON2ID, memoryCost, timeCost, parallelism, outputLen: 32, salt })
}
