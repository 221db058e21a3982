import { describe, expect, it } from 'vitest'
import {
  ACTIONS,
  type Action,
  CHANGEABLE,
  DEFAULT_MOUSE,
  defaultKey,
  fixedKeys,
  holderOf,
  isAssignable,
  isOn,
  keysInForce,
} from '../../src/shared/keys.ts'
import { preferencesSchema } from '../../src/shared/preferences.ts'

const accepts = (keys: object) => preferencesSchema.safeParse({ keys, mouse: DEFAULT_MOUSE }).success

describe('the keys as they come', () => {
  it.each(['work-list', 'review'] as const)('do one thing each on the screen “%s”', (screen) => {
    const actions = (Object.keys(ACTIONS) as Action[]).filter((action) => isOn(action, screen))
    const keys = actions.flatMap((action) => keysInForce(action, {}))
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted())
  })

  it('can all be chosen again after a change', () => {
    for (const action of CHANGEABLE) {
      const key = defaultKey(action)
      if (key !== null) expect(isAssignable(key), key).toBe(true)
    }
  })

  it('cannot be given away where they are fixed', () => {
    for (const action of Object.keys(ACTIONS) as Action[])
      for (const key of fixedKeys(action)) expect(isAssignable(key), key).toBe(false)
  })
})

describe('a reader’s own keys', () => {
  it('take the place of the usual one, beside the fixed ones', () => {
    expect(keysInForce('invert', { invert: 'x' })).toEqual(['x'])
    expect(keysInForce('invert', { invert: null })).toEqual([])
    expect(keysInForce('next', { next: 'j' })).toEqual(['j', 'arrowright'])
  })

  it.each(['escape', 'tab', ' ', 'ctrl+c', 'ctrl+w', 'ctrl+enter', 'f5', 'A', 'alt', 'dead', 'ctrl+1', ''])(
    'refuse “%s”',
    (key) => {
      expect(accepts({ invert: key })).toBe(false)
    },
  )

  it.each(['x', 'ö', '+', 'f2', 'ctrl+e', 'insert', '7', null])('take “%s”', (key) => {
    expect(accepts({ invert: key })).toBe(true)
  })

  it('do one thing on a screen', () => {
    expect(holderOf('a', 'invert', {})).toBe('agree')
    expect(accepts({ invert: 'a' })).toBe(false)
    expect(accepts({ invert: 'a', agree: 'i' })).toBe(true)
    expect(accepts({ invert: 'n' })).toBe(false)
    // The search is only on the work list, inverting only in the review.
    expect(accepts({ invert: '/' })).toBe(true)
    expect(accepts({ search: 'n' })).toBe(false)
  })

  it('keep what was given before an action came that would like the same', () => {
    expect(accepts({ invert: 'k' })).toBe(true)
    expect(keysInForce('suspicious', { invert: 'k' })).toEqual([])
    expect(keysInForce('suspicious', {})).toEqual(['k'])
    expect(holderOf('k', 'invert', {})).toBe('suspicious')
    expect(accepts({ invert: 'k', suspicious: 'k' })).toBe(false)
  })

  it('are for actions that there are, and that can be changed', () => {
    expect(accepts({ fly: 'x' })).toBe(false)
    expect(accepts({ back: 'x' })).toBe(false)
  })
})
