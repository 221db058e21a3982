/** What the screens take for granted and Chrome 83 has not. Imported before all else. */
interface Indexed {
  readonly length: number
  readonly [index: number]: unknown
}

function at(this: Indexed, index: number): unknown {
  return this[index < 0 ? this.length + index : index]
}

for (const { prototype } of [Array, String, Uint8Array, Uint16Array, Float32Array]) {
  Object.defineProperty(prototype, 'at', { value: at, configurable: true, writable: true })
}

/** What newer arrays can do by themselves: `Escape` in a dialog asks for the last of them. */
const ARRAYS = {
  findLast: (array: unknown[], found: (one: unknown) => boolean) => [...array].reverse().find(found),
  findLastIndex: (array: unknown[], found: (one: unknown) => boolean) => {
    const back = [...array].reverse().findIndex(found)
    return back < 0 ? -1 : array.length - 1 - back
  },
  toSorted: (array: unknown[], compare?: (one: unknown, other: unknown) => number) => [...array].sort(compare),
  toReversed: (array: unknown[]) => [...array].reverse(),
}
for (const [name, work] of Object.entries(ARRAYS)) {
  if (name in Array.prototype) continue
  Object.defineProperty(Array.prototype, name, {
    value(this: unknown[], ...rest: [never]) {
      return work(this, ...rest)
    },
    configurable: true,
    writable: true,
  })
}

Object.hasOwn ??= (object, key) => Object.getOwnPropertyDescriptor(object, key) !== undefined

String.prototype.replaceAll ??= function (this: string, search: string | RegExp, text: unknown) {
  const pattern = typeof search === 'string' ? new RegExp(search.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'), 'g') : search
  return this.replace(pattern, text as string)
}

export {}
