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

Object.hasOwn ??= (object, key) => Object.getOwnPropertyDescriptor(object, key) !== undefined

String.prototype.replaceAll ??= function (this: string, search: string | RegExp, text: unknown) {
  const pattern = typeof search === 'string' ? new RegExp(search.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'), 'g') : search
  return this.replace(pattern, text as string)
}

export {}
