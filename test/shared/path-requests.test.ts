import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../src/shared/contract.ts'
import { namesPaths } from '../../src/shared/path-requests.ts'

const PLACES = ['path', 'paths', 'folder']
/** Fields that are called so and name no place of this machine. */
const NO_PLACES = new Map([
  ['batches.upload', 'what a browser passed over, by its own names'],
  [
    'models.set-gate',
    'the locked reference set, as it was shown: what lies there must have the hashes that go with it',
  ],
])

function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties = {} } = schema as { properties?: object }
  return [...Object.keys(properties), ...Object.values(schema).flatMap(fieldsOf)]
}

test('each request that names a place of this machine is among those that pages may not make freely', () => {
  const naming = Object.entries(contract).filter(([, { input }]) => {
    const fields = fieldsOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }))
    return fields.some((field) => PLACES.includes(field))
  })
  expect(naming.length).toBeGreaterThan(5)
  const free = naming.map(([name]) => name).filter((name) => !namesPaths(name) && !NO_PLACES.has(name))
  expect(free).toEqual([])
})
