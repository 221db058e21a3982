import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { NewAccount } from '../../src/main/store/types.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { itInSqlite } from '../support/only-sqlite.ts'
import { undoFrom } from '../support/undo.ts'

const account = (change: Partial<NewAccount> = {}): NewAccount => ({
  name: 'Dr A',
  fullName: 'Doctor A',
  role: 'administrator',
  password: 'a hash',
  mustChange: false,
  by: 'Dr A',
  first: true,
  ...change,
})

async function openTestStore() {
  const file = join(temporaryFolder(), 'gyrus.sqlite')
  const store = await openStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}

it('migration 0007: accounts are neither deleted nor renamed, and names are given once', async () => {
  const { store, file } = await openTestStore()
  await store.addAccount(account())
  await store.addAccount(account({ name: 'Dr B', role: 'auditor', first: false }))
  await store.setActive('Dr B', false, 'Dr A')
  await expect(store.addAccount(account({ name: 'DR b', first: false }))).rejects.toMatchObject({
    code: 'account-name-taken',
  })
  const sqlite = new SQLite(file)
  onTestFinished(() => void sqlite.close())
  expect(() => sqlite.exec(`delete from accounts where name = 'Dr B'`)).toThrow('no delete')
  expect(() => sqlite.exec(`update accounts set name = 'Dr C' where name = 'Dr B'`)).toThrow('no rename')
  expect(() => sqlite.exec(`update accounts set name_key = 'dr c' where name = 'Dr B'`)).toThrow('no rename')
})

it('of two first accounts at once one is made', async () => {
  const { store } = await openTestStore()
  const both = await Promise.allSettled([store.addAccount(account()), store.addAccount(account({ name: 'Dr B' }))])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'accounts-exist' })
  expect(await store.accounts()).toHaveLength(1)
})

it('the last active administrator stays one', async () => {
  const { store } = await openTestStore()
  await store.addAccount(account())
  const last = { code: 'account-last-administrator' }
  await expect(store.setRole('Dr A', 'auditor', 'Dr A')).rejects.toMatchObject(last)
  await expect(store.setActive('Dr A', false, 'Dr A')).rejects.toMatchObject(last)
  await store.addAccount(account({ name: 'Dr B', first: false }))
  await store.setActive('Dr B', false, 'Dr A')
  await expect(store.setRole('Dr A', 'auditor', 'Dr A')).rejects.toMatchObject(last)
  await store.setActive('Dr B', true, 'Dr A')
  const both = await Promise.allSettled([
    store.setRole('Dr A', 'radiologist', 'Dr A'),
    store.setActive('Dr B', false, 'Dr A'),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

it('tries at once are counted before any password is looked at', async () => {
  const { store } = await openTestStore()
  await store.addAccount(account())
  const now = Date.now()
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => store.countTry('dr a', now)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await store.findAccount('Dr A'))?.failures).toBe(1)
})

itInSqlite('a record from before it can be read, and has no accounts', async () => {
  const { store, file } = await openTestStore()
  await store.close()
  await undoFrom(file, '0007-accounts')
  const reader = openReadStore(file)
  onTestFinished(() => reader.close())
  expect([await reader.accounts(), await reader.tokens()]).toEqual([[], []])
})
