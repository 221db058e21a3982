type Random = () => number
type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const below = (random: Random, n: number) => Math.floor(random() * n)
/** Mostly in the header, where a byte says much. */
const place = (bytes: Uint8Array, random: Random) =>
  below(random, random() < 0.7 ? Math.min(2500, bytes.length) : bytes.length)
/** Lengths and counts that catch arithmetic out. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

function changed(bytes: Uint8Array, at: number, values: number[]): Uint8Array {
  const copy = bytes.slice()
  for (const [i, value] of values.entries()) if (at + i < copy.length) copy[at + i] = value
  return copy
}

const MUTATIONS: Mutation[] = [
  // A bit.
  (bytes, random) => {
    const at = place(bytes, random)
    return changed(bytes, at, [(bytes[at] as number) ^ (1 << below(random, 8))])
  },
  // A few bytes of anything.
  (bytes, random) =>
    changed(
      bytes,
      place(bytes, random),
      Array.from({ length: 1 + below(random, 8) }, () => below(random, 256)),
    ),
  // A number, of 16 or 32 bits.
  (bytes, random) => {
    const value = EXTREMES[below(random, EXTREMES.length)] as number
    const little = [value, value >>> 8, value >>> 16, value >>> 24].map((byte) => byte & 0xff)
    return changed(bytes, place(bytes, random), little.slice(0, random() < 0.5 ? 2 : 4))
  },
  // Cut off.
  (bytes, random) => bytes.slice(0, place(bytes, random)),
  // A piece missing.
  (bytes, random) => {
    const at = place(bytes, random)
    return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + below(random, 64))])
  },
  // A piece twice.
  (bytes, random) => {
    const at = place(bytes, random)
    return Uint8Array.from([...bytes.subarray(0, at + 1 + below(random, 200)), ...bytes.subarray(at)])
  },
  // The beginning of one, the rest of another.
  (bytes, random, other) =>
    Uint8Array.from([...bytes.subarray(0, place(bytes, random)), ...other.subarray(place(other, random))]),
]

/** An unsigned short of the header: sizes, bits, samples. */
const inShort: Mutation = (bytes, random) => {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4000, bytes.length))
  const at: number[] = []
  for (let from = header.indexOf('US\x02\x00'); from >= 0; from = header.indexOf('US\x02\x00', from + 1))
    at.push(from + 4)
  const chosen = at[below(random, at.length)]
  const value = random() < 0.5 ? below(random, 70) : (EXTREMES[below(random, EXTREMES.length)] as number)
  return chosen === undefined ? bytes : changed(bytes, chosen, [value & 0xff, (value >>> 8) & 0xff])
}

/** A few bytes of the code stream or the pixels. */
const inPixels: Mutation = (bytes, random) => {
  const from = Math.floor(bytes.length / 2)
  return changed(bytes, from + below(random, bytes.length - from), [below(random, 256), below(random, 256)])
}

/** What leaves the structure whole gets further in, so that it comes more often. */
const CHOICE = [...MUTATIONS, ...MUTATIONS.slice(0, 3), inShort, inShort, inShort, inPixels, inPixels, inPixels]

/** One to three mutations of a file; `other` is one to take pieces from. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes
  for (let n = 1 + below(random, 3); n > 0; n--) {
    mutated = (CHOICE[below(random, CHOICE.length)] as Mutation)(mutated, random, other)
  }
  return mutated
}
