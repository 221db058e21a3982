import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Room } from '../../src/main/engine/decode/room.ts'

/** Work in a room, begun but not ended until it is told to. */
function start(room: Room, pixels: number) {
  const { promise, resolve: end } = Promise.withResolvers<void>()
  const state = { begun: false, end }
  const done = room.hold(pixels, () => {
    state.begun = true
    return promise
  })
  return { state, done }
}

it('lets small images in together, and makes a large one wait until it fits', async () => {
  const room = new Room(10)
  const [first, second, large, late] = [start(room, 4), start(room, 4), start(room, 9), start(room, 1)]
  await setImmediate()
  // The last would fit, but must not overtake: a large image would wait for ever.
  expect([first, second, large, late].map((one) => one.state.begun)).toEqual([true, true, false, false])
  first.state.end()
  second.state.end()
  await Promise.all([first.done, second.done])
  await setImmediate()
  expect([large, late].map((one) => one.state.begun)).toEqual([true, true])
})

it('gives itself whole to what is larger, and is free again after a failure', async () => {
  const room = new Room(10)
  await expect(room.hold(50, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged')
  expect(await room.hold(50, async () => 'decoded')).toBe('decoded')
})
