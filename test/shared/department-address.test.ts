import { expect, it } from 'vitest'
import { apart, withPassword } from '../../src/renderer/department/address.ts'

it.each([
  ['p@ss', 'p%40ss'],
  ['p/s@s', 'p%2Fs%40s'],
  ['p@s/s', 'p%40s%2Fs'],
  ['p#s?s', 'p%23s%3Fs'],
  ['p%ss', 'p%25ss'],
  ['1/2', '1%2F2'],
  ['p%40ss', 'p%40ss'],
])('a password with signs of an address, %s, is told from it', (typed, written) => {
  const split = apart(`postgres://gyrus:${typed}@db:5432/gyrus?sslmode=require`)
  expect(split?.address).toBe('postgres://gyrus@db:5432/gyrus?sslmode=require')
  const whole = `postgres://gyrus:${written}@db:5432/gyrus?sslmode=require`
  expect(withPassword(split?.address ?? '', split?.password ?? '')).toBe(whole)
})

it('a sign elsewhere in the address is no end of a password', () => {
  const rest = 'db/gyrus?sslmode=require&sslrootcert=/etc/a@b'
  expect(apart(`postgres://gyrus:secret@${rest}`)).toEqual({ address: `postgres://gyrus@${rest}`, password: 'secret' })
})

it('an address without a password stays as it is', () => {
  for (const address of ['postgres://db/gyrus', 'postgres://gyrus@db/gyrus', 'gyrus', 'postgres://gyrus:@db/gyrus'])
    expect(apart(address)).toBeNull()
})
